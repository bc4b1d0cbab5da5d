/**
 * A client of the API whose addresses, parameters, bodies and answers the compiler knows: they are read off the very
 * routes that the server has. What a change breaks does not build.
 */
import type { OpenAPIHono, RouteConfig, z } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { hc } from 'hono/client';
import type { BlankSchema } from 'hono/types';
import type { Collection } from '../views/labels.ts';
import type { RecordFilter } from '../views/lists.ts';
import type { Env } from './context.ts';
import type { creationOf } from './creation.ts';
import type { possibleIn, sendingTo } from './events.ts';
import type { auditIn, logIn, pathIn } from './history.ts';
import type { listOf, reading } from './records.ts';
import type { deskRoute, headRoute, infoRoute } from './reference.ts';
import type { NewDelegation, NewEvent, NewJointMatter, NewMatter, NewMeeting } from './requests.ts';

declare const api: OpenAPIHono<Env, BlankSchema, '/v1'>;

/** What Hono itself makes of a route. */
type SchemaOf<R extends RouteConfig> =
  ReturnType<typeof api.openapi<R>> extends Hono<Env, infer S, '/v1'> ? S : never;

/** A route whose body is named in the description and typed here. */
type Taking<R extends RouteConfig, Body extends z.ZodType> = Omit<R, 'request'> & {
  request: Omit<NonNullable<R['request']>, 'body'> & {
    body: { required: true; content: { 'application/json': { schema: Body } } };
  };
};

interface Bodies {
  matters: typeof NewMatter;
  meetings: typeof NewMeeting;
  'joint-matters': typeof NewJointMatter;
  delegations: typeof NewDelegation;
}

type OfRecords<K extends RecordFilter['kind']> = SchemaOf<ReturnType<typeof listOf<K>>> &
  SchemaOf<Taking<ReturnType<typeof creationOf<K>>, Bodies[K]>>;

type OfActors<C extends Collection> = SchemaOf<ReturnType<typeof reading<C>>> &
  SchemaOf<ReturnType<typeof possibleIn<C>>> &
  SchemaOf<Taking<ReturnType<typeof sendingTo<C>>, typeof NewEvent>> &
  SchemaOf<ReturnType<typeof pathIn<C>>> &
  SchemaOf<ReturnType<typeof logIn<C>>> &
  SchemaOf<ReturnType<typeof auditIn<C>>>;

type Schema = OfRecords<'matters'> &
  OfRecords<'meetings'> &
  OfRecords<'joint-matters'> &
  OfRecords<'delegations'> &
  OfActors<'matters'> &
  OfActors<'meetings'> &
  OfActors<'joint-matters'> &
  OfActors<'delegations'> &
  OfActors<'actors'> &
  SchemaOf<typeof infoRoute> &
  SchemaOf<typeof headRoute> &
  SchemaOf<typeof deskRoute>;

export type Contract = Hono<Env, Schema, '/v1'>;

/**
 * @param url where the server is, without `/v1`.
 * @param token what opens it.
 * @param ask how it is asked; over the network where nothing is said.
 */
export const clientOf = (url: string, token: string, ask: typeof fetch = fetch) =>
  hc<Contract>(url, { headers: { Authorization: `Bearer ${token}` }, fetch: ask });

/** The headers of a change: the version that one has seen, and a key by which it is carried out once. */
export const change = (key: string, etag?: string | null) => ({
  headers: { 'Idempotency-Key': key, ...(etag && { 'If-Match': etag }) },
});
