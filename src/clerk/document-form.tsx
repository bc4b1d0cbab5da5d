/** A document that is pasted or handed over as a file: its form, and what was handed over. */
import type { Child } from 'hono/jsx';
import type { View } from './view.ts';

interface DocumentFormProps {
  readonly view: View;
  /** What the document is. */
  readonly label: string;
  /** What was written, to be corrected. */
  readonly text: string;
  /** What is on the button. */
  readonly children?: Child;
}

export const DocumentForm = ({ view: { say }, label, text, children }: DocumentFormProps) => (
  <form method="post" enctype="multipart/form-data" class="ds-card stack">
    <div class="ds-field">
      <label class="ds-label" for="document">
        {label}
      </label>
      <textarea class="ds-input code" id="document" name="document" rows={16} spellcheck={false}>
        {text}
      </textarea>
    </div>
    <div class="ds-field">
      <label class="ds-label" for="file">
        {say('Eller en fil', 'Or a file')}
      </label>
      <input class="ds-input" type="file" id="file" name="file" accept=".json,application/json" />
    </div>
    <div>
      <button class="ds-button" type="submit">
        {children}
      </button>
    </div>
  </form>
);

/** The file, where one was handed over; else what was pasted. */
export async function documentIn(posted: FormData): Promise<string> {
  const file = posted.get('file');
  const pasted = posted.get('document');
  if (file instanceof File && file.size > 0) return file.text();
  return typeof pasted === 'string' ? pasted : '';
}
