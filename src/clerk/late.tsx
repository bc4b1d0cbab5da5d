/** That a date has passed. */
import type { View } from './view.ts';

/** Said in words: a colour alone says nothing to many. */
export const Late = ({ view: { say }, overdue }: { view: View; overdue: boolean }) =>
  overdue ? (
    <span class="ds-tag" data-color="danger">
      {say('Försenat', 'Overdue')}
    </span>
  ) : null;
