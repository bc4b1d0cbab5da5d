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
