// What is written in a form is shown again in the other language: it goes back to its page, and nothing is done with it.
// Without this the page comes anew.
const choice = document.querySelector('a.language');
let written = null;

addEventListener('input', ({ target }) => {
  if (target.form?.matches('[data-shown-again]')) written = target.form;
});

choice?.addEventListener('click', (event) => {
  if (!written) return;
  event.preventDefault();
  const address = new URL(written.action);
  address.searchParams.set('lang', choice.hreflang);
  const asked = document.createElement('input');
  Object.assign(asked, { type: 'hidden', name: '_rows', value: 'as-they-are' });
  written.append(asked);
  written.action = address;
  written.submit();
});
