/** What people call those that have a matter: a body of a municipality, or a stage of its routes that is no body. */
import { stateLabel } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import type { Registry } from '../../machines/registry.ts';

/** The stage in which the administration of one committee has the matter (machines/routes/initiatives.ts). */
const OF_COMMITTEE = /^(.+)-administration$/;

/** Null for an id that is neither. */
export const bodyLabel = (registry: Registry, municipality: Municipality, id: string): Label | null =>
  bodyIn(municipality, id) ?? administrationOf(municipality, id) ?? stageIn(registry, municipality, id);

const bodyIn = ({ bodies }: Municipality, id: string | undefined): Label | null =>
  bodies.find((it) => it.id === id)?.label ?? null;

function administrationOf(municipality: Municipality, id: string): Label | null {
  const body = bodyIn(municipality, OF_COMMITTEE.exec(id)?.[1]);
  return body && { sv: `${genitive(body.sv)} förvaltning`, en: `${body.en}’s administration` };
}

/** In Swedish: a name that ends in the sound of an s has none added. */
const genitive = (name: string): string => (/[sxz]$/i.test(name) ? name : `${name}s`);

function stageIn(registry: Registry, municipality: Municipality, id: string): Label | null {
  const chart = registry
    .all()
    .find(
      ({ name, data }) => name.startsWith(`${municipality.id}/`) && data.states?.[id]?.meta?.stage === id,
    );
  return chart ? stateLabel(chart, id) : null;
}
