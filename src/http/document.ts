/** The API's own description (OpenAPI 3.1), made of the schemas that the API itself uses. */
import type { Registry } from '../../machines/registry.ts';
import { RouteDocument } from '../../machines/routes/document.ts';
import { MovePlan } from '../engine/moves/plan.ts';
import { NewToken } from '../identity/tokens.ts';
import { ChangedSubscription } from '../webhooks/changed-subscription.ts';
import { Delivery } from '../webhooks/incoming.ts';
import { ChangedIntegration, NewIntegration } from '../webhooks/integrations.ts';
import { NewSubscription } from '../webhooks/subscriptions.ts';
import { collectionNames, collections } from './collections.ts';
import { type Api, bilingual, registerParameters } from './describe.ts';
import { eventSchemas } from './event-schemas.ts';
import { Sample } from './integrations.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { apiInfo } from './reference-examples.ts';
import { FailedDeadline, NewDelegation, NewJointMatter, NewMatter, NewMeeting, NewTime } from './requests.ts';

/** The description, which grows with the routes that are published: a route may declare events of its own. */
export function description(api: Api, registry: Registry): () => object {
  let told: Document | null = null;
  let made: { readonly charts: number; readonly document: object } | null = null;
  return () => {
    const charts = registry.all().length;
    told ??= documentOf(api);
    if (made?.charts !== charts) made = { charts, document: withEvents(told, registry) };
    return made.document;
  };
}

type Document = ReturnType<typeof documentOf>;

function withEvents(document: Document, registry: Registry): object {
  const { components } = document;
  return {
    ...document,
    components: { ...components, schemas: { ...components?.schemas, ...eventSchemas(registry) } },
  };
}

function documentOf(api: Api) {
  const { openAPIRegistry: components } = api;
  components.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  for (const [name, schema] of Object.entries({
    NewMatter,
    NewMeeting,
    NewTime,
    NewJointMatter,
    NewDelegation,
    NewRoute: RouteDocument,
    NewMove: MovePlan,
    Delivery,
    FailedDeadline,
    ChangedSubscription,
    NewSubscription,
    NewIntegration,
    ChangedIntegration,
    IntegrationSample: Sample,
    NewToken,
  }))
    components.registerComponent('schemas', name, jsonSchemaOf(schema));
  registerParameters(api);
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: apiInfo.apiName,
      version: apiInfo.apiVersion,
      description: bilingual(purpose),
      contact: { name: 'Den som driver servern / Whoever runs the server', url: '/accessibility' },
      license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/sv/' },
      'x-sla': serviceLevel,
      'x-limitations': bilingual(limitations),
    },
    externalDocs: { description: bilingual(documentation), url: '/v1/docs' },
    servers: [{ url: '/v1', description: 'Denna server / This server' }],
    security: [{ bearer: [] }],
    tags: [
      ...collectionNames.map((name) => ({ name, description: bilingual(collections[name].all) })),
      {
        name: 'hooks',
        description: bilingual({ sv: 'Meddelanden från andra system', en: 'Messages from other systems' }),
      },
      {
        name: 'tokens',
        description: bilingual({ sv: 'Andra systems nycklar', en: 'Tokens of other systems' }),
      },
      {
        name: 'rights',
        description: bilingual({ sv: 'Behörighetsregistret', en: 'The register of access rights' }),
      },
      { name: 'reference', description: bilingual({ sv: 'Underlag', en: 'Reference' }) },
    ],
  });
}

const purpose = {
  sv: `Politiska beslutsprocesser som tillståndsmaskiner. Varje ärende har en väg, en logg och en version; varje ändring är en händelse som vägen antingen tar emot eller nekar med hänvisning till en regel.

Begränsningar: en begäran är högst 1 MiB, en sida högst 100 poster.`,
  en: `Political decision processes as statecharts. Every matter has a path, a log and a version; every change is an event that the route either accepts or refuses with the rule that says so.

Limits: a request is at most 1 MiB, a page at most 100 records.`,
};

/** What is promised here. Whoever runs a server for others promises what they can keep, in an agreement of their own. */
const serviceLevel = {
  availability: 'Ingen utlovad; /readyz säger hur det står / None promised; /readyz says how it stands',
  responseTime: 'Ingen utlovad; /metrics mäter den / None promised; /metrics measures it',
  support: 'Den som driver servern / Whoever runs the server',
};

const limitations = {
  sv: 'Det som inte hinns med besvaras 429 eller 503 med Retry-After. `total` är null över 10 000 poster. Sökning gäller rubrik, diarienummer och mottagare i registret, aldrig uppgifter om personer (R-127). En ström av händelser avslutas var tionde minut. Ingenting är utgånget; det som ska bort sägs i svarens Deprecation (RFC 9745) och Sunset (RFC 8594) minst ett halvår innan.',
  en: 'What cannot be managed is answered 429 or 503 with Retry-After. `total` is null beyond 10,000 records. Searches are of titles, registry numbers and recipients in the register, never of facts about persons (R-127). A stream of events ends each ten minutes. Nothing is deprecated; what is to go is told in the Deprecation (RFC 9745) and Sunset (RFC 8594) of answers at least half a year before.',
};

const documentation = {
  sv: 'Beskrivningen som en sida att läsa och pröva, med servicenivå (SLA) och begränsningar.',
  en: 'The description as a page to read and try, with the service level agreement (SLA) and limitations.',
};
