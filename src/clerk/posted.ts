/** The fields of a posted form. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** @throws HTTPException 415 for anything but a form, 400 for a form that cannot be read. */
export async function postedForm(c: Context): Promise<FormData> {
  if (
    !/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(c.req.header('content-type') ?? '')
  )
    throw new HTTPException(415, { message: 'a form is expected' });
  try {
    return await c.req.formData();
  } catch (cause) {
    throw new HTTPException(400, { message: 'the form cannot be read', cause });
  }
}
