// Lets a picture be moved with the pointer and made larger or smaller. Nothing needs it: the picture scrolls by itself.
const STEP = 1.25;
const SMALLEST = 0.25;
const LARGEST = 4;
// Below this the text of a picture cannot be read: better to scroll.
const READABLE = 0.75;
const swedish = document.documentElement.lang === 'sv';

for (const drawing of document.querySelectorAll('[data-drawing]')) {
  const svg = drawing.querySelector('svg');
  const width = Number(svg?.getAttribute('width'));
  const height = Number(svg?.getAttribute('height'));
  if (svg && width > 0) enhance(drawing, svg, width, height);
}

function enhance(drawing, svg, width, height) {
  let scale = 1;
  const zoom = (to) => {
    const next = Math.min(LARGEST, Math.max(SMALLEST, to));
    const x = (drawing.scrollLeft + drawing.clientWidth / 2) / scale;
    const y = (drawing.scrollTop + drawing.clientHeight / 2) / scale;
    scale = next;
    svg.setAttribute('width', String(width * scale));
    svg.setAttribute('height', String(height * scale));
    drawing.scrollTo(x * scale - drawing.clientWidth / 2, y * scale - drawing.clientHeight / 2);
  };
  const buttons = document.createElement('div');
  buttons.className = 'zoom';
  buttons.append(
    button('+', swedish ? 'Större' : 'Larger', () => zoom(scale * STEP)),
    button('−', swedish ? 'Mindre' : 'Smaller', () => zoom(scale / STEP)),
    button('↔', swedish ? 'Hela bredden' : 'Full width', () => zoom(drawing.clientWidth / width)),
  );
  drawing.before(buttons);
  if (width > drawing.clientWidth) zoom(Math.max(READABLE, drawing.clientWidth / width));
  // A smaller picture does not make its frame smaller.
  drawing.style.minWidth = `min(${drawing.offsetWidth}px, 100%)`;
  drawing.style.minHeight = `${drawing.offsetHeight}px`;
  for (const link of document.querySelectorAll('a[href^="#s-"]')) showOnClick(link, drawing, svg);
  centre(drawing, svg.querySelector('.state.current:not(.compound, .parallel)'));
  drag(drawing);
}

/** A link to a state of the picture puts it in the middle. */
function showOnClick(link, drawing, svg) {
  const state = svg.getElementById(link.hash.slice(1));
  if (!state) return;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    drawing.scrollIntoView({ block: 'nearest' });
    centre(drawing, state);
    drawing.focus({ preventScroll: true });
  });
}

/** Moves the picture, and not the page, so that an element of it is in the middle. */
function centre(drawing, element) {
  if (!element) return;
  const [box, frame] = [element.getBoundingClientRect(), drawing.getBoundingClientRect()];
  drawing.scrollBy(
    box.x + box.width / 2 - frame.x - frame.width / 2,
    box.y + box.height / 2 - frame.y - frame.height / 2,
  );
}

function button(text, label, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-label', label);
  made.addEventListener('click', act);
  return made;
}

function drag(drawing) {
  drawing.addEventListener('pointerdown', (down) => {
    if (down.button !== 0 || down.pointerType !== 'mouse' || down.target.closest('button')) return;
    const { scrollLeft, scrollTop } = drawing;
    const move = (event) =>
      drawing.scrollTo(scrollLeft - event.clientX + down.clientX, scrollTop - event.clientY + down.clientY);
    const stop = () => {
      drawing.classList.remove('dragging');
      removeEventListener('pointermove', move);
    };
    drawing.classList.add('dragging');
    addEventListener('pointermove', move);
    addEventListener('pointerup', stop, { once: true });
  });
}
