/** What a browser would send of a form: its successful controls, read from the HTML. */

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const plain = (text: string): string =>
  text.replace(/&(#?\w+);/g, (as, name: string) => ENTITIES[name] ?? as);

function attributes(tag: string): ReadonlyMap<string, string> {
  const found = tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g);
  return new Map([...found].slice(1).map(([, name = '', value = '']) => [name, plain(value)]));
}

/** The HTML of one form, by a part of its start tag. */
export function formIn(html: string, mark: string): string {
  const start = html.split('<form ').find((it) => it.slice(0, it.indexOf('>')).includes(mark));
  if (start === undefined) throw new Error(`no form with ${mark}`);
  return `<form ${start.slice(0, start.indexOf('</form>'))}`;
}

/** Name and value of each control that is sent, in order; buttons are not pressed. Line ends are sent as CR LF. */
export function successful(form: string): [string, string][] {
  const controls = form.matchAll(
    /<(input)\b([^>]*)>|<(textarea)\b([^>]*)>([\s\S]*?)<\/textarea>|<(select)\b([^>]*)>([\s\S]*?)<\/select>/g,
  );
  return [...controls].flatMap(
    ([, input, inputTag, textarea, areaTag, text = '', , selectTag, options = '']) => {
      const given = attributes(`x ${inputTag ?? areaTag ?? selectTag ?? ''}`);
      const name = given.get('name');
      if (name === undefined) return [];
      if (textarea) return [[name, plain(text).replace(/^\n/, '').replaceAll('\n', '\r\n')]];
      if (!input) return [[name, selected(options)]];
      const isMark = given.get('type') === 'radio' || given.get('type') === 'checkbox';
      if (isMark && !given.has('checked')) return [];
      return [[name, (given.get('value') ?? '').replaceAll(/[\r\n]/g, '')]];
    },
  );
}

/** The value of the option that is selected, or of the first. */
function selected(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, tag = '']) => attributes(`x ${tag}`));
  return (all.find((it) => it.has('selected')) ?? all[0])?.get('value') ?? '';
}
