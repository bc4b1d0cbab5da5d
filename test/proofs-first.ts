import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Proofs take longest: begun last, as small files are, they leave the other cores without work at the end. */
export class ProofsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isProof = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/test/proving/');
    const sorted = await super.sort(files);
    return [...sorted.filter(isProof), ...sorted.filter((it) => !isProof(it))];
  }
}
