/** Ids of records, which the engine makes, and of the actors within them: `<uuid>.p1`. */
const ACTOR = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[a-z0-9-]+)*/gi;

/** The ids of actors that a text names, wherever it does. */
export const actorsNamedIn = (text: string): readonly string[] => text.match(ACTOR) ?? [];
