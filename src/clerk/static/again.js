// A form that is gone back to is the one that was sent: its key stays with its place in the history, so what is sent
// from there once more is done once. Without this the page comes with another key.
const key = document.querySelector('[data-sent-once] > [name="_key"]');

if (key) {
  key.value = history.state?.key ?? key.value;
  history.replaceState({ key: key.value }, '');
}
