import type { Context } from 'hono';

/** Answers with a page that has a secret, which is shown this once: nobody keeps it, the browser's cache included. */
export const shownOnce = (c: Context, page: string | Promise<string>, status: 200 | 422 = 200) => {
  c.header('Cache-Control', 'no-store');
  return c.html(page, status);
};
