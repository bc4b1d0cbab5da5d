import type { Label } from './label.ts';

/** Who acts (rulebook section 3). A person may hold several roles. */
export const roles = {
  clerk: { sv: 'Nämndsekreterare', en: 'Committee secretary' },
  registrar: { sv: 'Registrator', en: 'Registrar' },
  caseOfficer: { sv: 'Handläggare', en: 'Case officer' },
  chair: { sv: 'Ordförande', en: 'Chair' },
  auditor: { sv: 'Revisor', en: 'Auditor' },
  administrator: { sv: 'Administratör', en: 'Administrator' },
  integration: { sv: 'Integration', en: 'Integration' },
} as const satisfies Record<string, Label>;

export type Role = keyof typeof roles;
