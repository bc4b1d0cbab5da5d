/** Holds what may be wider than the page; the keyboard reaches it, so that it can be scrolled. */
import type { Child } from 'hono/jsx';

interface ScrollProps {
  readonly label: string;
  /** `drawing` for a picture. */
  readonly kind?: 'drawing';
  readonly children?: Child;
}

export const Scroll = ({ label, kind, children }: ScrollProps) => (
  <section
    class={`scroll ${kind ?? ''}`}
    aria-label={label}
    tabindex={0}
    data-drawing={kind === 'drawing' ? '' : undefined}
  >
    {children}
  </section>
);

interface TableProps {
  readonly label: string;
  /** What the columns are. */
  readonly heads: readonly string[];
  readonly children?: Child;
}

/** A table with a name, the heads of its columns, and its rows. */
export const Table = ({ label, heads, children }: TableProps) => (
  <Scroll label={label}>
    <table class="ds-table" data-size="sm">
      <caption class="ds-sr-only">{label}</caption>
      <thead>
        <tr>
          {heads.map((it) => (
            <th scope="col">{it}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scroll>
);
