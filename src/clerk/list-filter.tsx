/** What a list can be narrowed to. */
import type { Label } from '../../machines/label.ts';
import type { View } from './view.ts';

export interface Filter {
  readonly municipality: string;
  readonly body: string;
  /** `open`, `ended`, or anything else for all. */
  readonly standing: string;
  /** Words of the title or the number. */
  readonly q: string;
  /** Words of a recipient's name. */
  readonly recipient: string;
  /** Days, or nothing. */
  readonly from: string;
  readonly to: string;
  readonly page: number;
}

/** The last day, beside the first. */
export const until: Label = { sv: 'till', en: 'to' };

interface FilterProps {
  readonly view: View;
  readonly filter: Filter;
  /** Whether the records of the list are with a body. */
  readonly byBody: boolean;
  /** Whether anything of the records of the list is dispatched. */
  readonly byRecipient: boolean;
  /** Which day is meant by from and to. */
  readonly since: Label;
}

export const FilterForm = ({ view, filter, byBody, byRecipient, since }: FilterProps) => {
  const { say, services } = view;
  const bodies = new Map(services.municipalities.flatMap((it) => it.bodies).map((it) => [it.id, it.label]));
  const standings = [
    ['open', say('Pågående', 'Open')],
    ['ended', say('Avslutade', 'Ended')],
    ['all', say('Alla', 'All')],
  ] as const;
  return (
    <form method="get" class="filter cluster">
      <Input
        name="q"
        type="search"
        label={say('Nummer eller ord i rubriken', 'Number, or words of the title')}
        value={filter.q}
      />
      <Select
        name="municipality"
        label={say('Kommun', 'Municipality')}
        chosen={filter.municipality}
        options={[
          ['', say('Alla', 'All')],
          ...services.municipalities.map((it) => [it.id, it.name] as const),
        ]}
      />
      {byBody && (
        <Select
          name="body"
          label={say('Organ', 'Body')}
          chosen={filter.body}
          options={[
            ['', say('Alla', 'All')],
            ['administration', say('Förvaltningen', 'Administration')],
            ...[...bodies].map(([id, label]) => [id, say(label)] as const),
          ]}
        />
      )}
      <Select name="standing" label={say('Läge', 'Standing')} chosen={filter.standing} options={standings} />
      {byRecipient && (
        <Input
          name="recipient"
          type="search"
          label={say('Expedierat till', 'Dispatched to')}
          value={filter.recipient}
        />
      )}
      <Input name="from" type="date" label={say(since)} value={filter.from} />
      <Input name="to" type="date" label={say(until)} value={filter.to} />
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('Visa', 'Show')}
      </button>
    </form>
  );
};

interface InputProps {
  readonly name: string;
  readonly type: 'search' | 'date';
  readonly label: string;
  readonly value: string;
}

export const Input = ({ name, type, label, value }: InputProps) => (
  <div class="ds-field">
    <label class="ds-label" for={`filter-${name}`}>
      {label}
    </label>
    <input
      class="ds-input"
      data-width="auto"
      id={`filter-${name}`}
      name={name}
      type={type}
      value={value}
      maxlength={type === 'search' ? 200 : undefined}
    />
  </div>
);

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly (readonly [string, string])[];
}

/** One of several, by which a list is narrowed. */
export const Select = ({ name, label, chosen, options }: SelectProps) => (
  <div class="ds-field">
    <label class="ds-label" for={`filter-${name}`}>
      {label}
    </label>
    <select class="ds-input" data-width="auto" id={`filter-${name}`} name={name}>
      {options.map(([value, text]) => (
        <option value={value} selected={value === chosen}>
          {text}
        </option>
      ))}
    </select>
  </div>
);
