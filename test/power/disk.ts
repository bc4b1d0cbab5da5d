/** A disk by a trace: what is on it for sure, and what may be found on it when the power is cut. */
import type { Operation } from './trace.ts';

/** What a disk writes whole or not at all, in bytes. */
const SECTOR = 512;

/**
 * Says of a sector, a new size or a change of a name that nobody has asked to be on the disk whether it is there
 * nevertheless. @param place of the operation in the trace.
 */
export type Luck = (place: number) => boolean;

/** The bytes of a file, changed in place. */
class Image {
  #bytes: Buffer;
  #size: number;

  constructor(content: Buffer) {
    this.#bytes = Buffer.from(content);
    this.#size = content.length;
  }

  get content(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  apply({ kind, at, data }: Operation, isThere: () => boolean): void {
    if (kind === 'truncate' && isThere()) this.#resize(at);
    if (kind !== 'write') return;
    for (let from = 0; from < data.length; ) {
      const to = Math.min(data.length, from + SECTOR - ((at + from) % SECTOR));
      if (isThere()) {
        this.#resize(Math.max(this.#size, at + to));
        data.copy(this.#bytes, at + from, from, to);
      }
      from = to;
    }
  }

  /** What is new is zero. */
  #resize(size: number): void {
    if (size > this.#bytes.length) {
      const larger = Buffer.alloc(size * 2);
      this.content.copy(larger);
      this.#bytes = larger;
    }
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
  }
}

interface Placed {
  readonly place: number;
  readonly operation: Operation;
}

/** One file, whatever its name. */
class TracedFile {
  readonly #sure: Image;
  #pending: Placed[] = [];

  constructor(content: Buffer) {
    this.#sure = new Image(content);
  }

  change(change: Placed): void {
    this.#pending.push(change);
  }

  /** All that was written is on the disk now; after a sync that failed, what luck has brought there, and nothing more. */
  sync(luck: Luck): void {
    for (const { place, operation } of this.#pending) this.#sure.apply(operation, () => luck(place));
    this.#pending = [];
  }

  found(luck: Luck): Buffer {
    const image = new Image(this.#sure.content);
    for (const { place, operation } of this.#pending) image.apply(operation, () => luck(place));
    return image.content;
  }
}

type Names = Map<string, TracedFile>;

/**
 * A folder and its files. A file that is synced is not found where its name is not: that is asked of the folder. It is
 * stricter than most file systems are.
 */
export class Disk {
  readonly #folder: string;
  /** What the process sees, and what is on the disk for sure. */
  readonly #names: Names = new Map();
  #sure: Names = new Map();
  #pending: { readonly place: number; readonly apply: (names: Names) => void }[] = [];
  #place = 0;
  readonly #whenFailed: Luck;

  /** @param whenFailed what of a file is on the disk after a sync that failed. */
  constructor(folder: string, whenFailed: Luck = () => false) {
    this.#folder = folder;
    this.#whenFailed = whenFailed;
  }

  apply(operation: Operation): void {
    const { kind, path, data } = operation;
    const place = this.#place++;
    if (kind === 'answer') return;
    if (path === this.#folder) {
      if (kind === 'sync') this.#syncNames();
      return;
    }
    const file = this.#names.get(path);
    if (kind === 'create') {
      const made = new TracedFile(Buffer.alloc(0));
      this.#rename(place, (names) => names.set(path, made));
    } else if (!file) throw new Error(`${kind} of ${path}, which is not there`);
    else if (kind === 'remove') this.#rename(place, (names) => names.delete(path));
    else if (kind === 'link') this.#rename(place, (names) => names.set(data.toString(), file));
    else if (kind === 'sync') file.sync(() => true);
    else if (kind === 'failed sync') file.sync(this.#whenFailed);
    else file.change({ place, operation });
  }

  /** The files as they may be found when the power is cut now, by path. */
  found(luck: Luck): Map<string, Buffer> {
    const names = new Map(this.#sure);
    for (const { place, apply } of this.#pending) if (luck(place)) apply(names);
    return new Map([...names].map(([path, file]) => [path, file.found(luck)]));
  }

  #rename(place: number, apply: (names: Names) => void): void {
    apply(this.#names);
    this.#pending.push({ place, apply });
  }

  #syncNames(): void {
    this.#sure = new Map(this.#names);
    this.#pending = [];
  }
}
