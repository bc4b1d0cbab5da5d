import type { View } from './view.ts';

interface PaginationProps {
  readonly view: View;
  /** From 1. */
  readonly page: number;
  /** How many pages there are; null where nobody counts them. */
  readonly last: number | null;
  readonly hasNext: boolean;
  readonly href: (page: number) => string;
}

/** The way to the pages before and after; nothing where there is but one. */
export const Pagination = ({ view, page, last, hasNext, href }: PaginationProps) => {
  const { say } = view;
  if (page === 1 && !hasNext) return null;
  const of = last === null ? say(' av många', ' of many') : say(` av ${last}`, ` of ${last}`);
  return (
    <nav class="ds-pagination" aria-label={say('Sidor', 'Pages')}>
      <ul>
        {page > 1 && (
          <li>
            <a class="ds-button" data-variant="tertiary" rel="prev" href={href(page - 1)}>
              {say('Föregående', 'Previous')}
            </a>
          </li>
        )}
        <li class="muted">{say(`Sida ${page}`, `Page ${page}`) + of}</li>
        {hasNext && (
          <li>
            <a class="ds-button" data-variant="tertiary" rel="next" href={href(page + 1)}>
              {say('Nästa', 'Next')}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
};
