import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { newIntegration } from '../../src/http/integration-schemas.ts';
import { sign } from '../../src/webhooks/signature.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let there: Receiver;
let status = 204;
beforeAll(async () => {
  server = await createTestServer();
  there = await openReceiver(() => status);
});
afterAll(async () => {
  await there.close();
  await server.close();
});

async function request(path: string, as: string, fields?: Readonly<Record<string, string>>) {
  const answer = await server.request(path, {
    headers: { cookie: `identity=demo-${as}`, origin: 'http://localhost' },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  });
  const [location, kept] = ['location', 'cache-control'].map((it) => answer.headers.get(it));
  return { status: answer.status, location, kept, html: await answer.text() };
}
const act = (path: string, fields: Readonly<Record<string, string>>, as = 'administrator') =>
  request(path, as, fields);
const page = async (path: string, as = 'administrator') => (await request(path, as)).html;

const form = () => ({
  municipality: 'huddinge',
  name: 'E-arkivet',
  url: there.url,
  events: 'started\nmatter.assign\n',
  bodies: '',
  routes: '',
  recipient: '',
});
const declared = () => ({
  municipality: 'huddinge',
  name: 'underskrifter',
  sv: 'Underskriftstjänsten',
  en: 'The signing service',
  events: 'minutes.approve',
  mapping: JSON.stringify(newIntegration.mapping),
});

describe('an administrator', () => {
  let subscription: string;
  let secret: string;

  test('makes a subscription, and sees its secret that once', async () => {
    const made = await act('/webhooks/new', form());
    expect([made.status, made.html.match(/whsec_[\w+/=]+/g)]).toMatchObject([200, [expect.any(String)]]);
    expect(made.kept).toBe('no-store');
    subscription = /href="(\/webhooks\/[\w-]+)"/.exec(made.html)?.[1] ?? '';
    const shown = await page(subscription);
    expect(shown).toContain('whpk_');
    expect(shown).not.toMatch(/whsec_|whsk_/);
    expect(await page('/webhooks')).toContain(`href="${subscription}"`);
  });

  test('sends a test message, sees that it was taken, and sends it again', async () => {
    expect((await act(subscription, { act: 'test' })).location).toBe(subscription);
    await server.services.webhooks.courier.deliverDue();
    const shown = await page(subscription);
    expect(shown).toContain('1 framme, 0 väntar, 0 uppgivna');
    const delivery = /name="delivery" value="([^"]+)"/.exec(shown)?.[1] ?? '';
    expect((await act(subscription, { act: 'resend', delivery })).status).toBe(303);
    await server.services.webhooks.courier.deliverDue();
    expect(there.ids()).toEqual([delivery, delivery]);
    expect(await page(subscription)).toContain('igen: Ada Administratör');
  });

  test('sees an endpoint that is gone switched off, and switches it on', async () => {
    status = 410;
    await act(subscription, { act: 'test' });
    await server.services.webhooks.courier.deliverDue();
    expect(await page(subscription)).toContain('adressen är borttagen (410)');
    status = 204;
    await act(subscription, { act: 'enable' });
    expect(await page(subscription)).not.toContain('avslagen');
  });

  test('is shown what is wrong with a form, with what was written', async () => {
    const url = 'https://169.254.169.254/latest';
    const refused = await act('/webhooks/new', { ...form(), url, bodies: 'xx' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('<code>/url</code>');
    expect(refused.html).toContain('<code>/bodies/0</code>');
    expect(refused.html).toContain(`value="${url}"`);
  });

  test('is shown whose decisions go to an address, and changes the address only', async () => {
    const [one, other] = server.services.municipalities.find((it) => it.id === 'huddinge')?.recipients ?? [];
    const recipient = one?.id ?? '';
    const made = await act('/webhooks/new', { ...form(), recipient });
    const path = /href="(\/webhooks\/[\w-]+)"/.exec(made.html)?.[1] ?? '';
    expect(await page(path)).toContain('En annan mottagare är en annan prenumeration.');
    expect(await page(path)).not.toContain('name="recipient"');
    const change = { ...form(), act: 'change', name: 'Diariet', recipient: other?.id ?? '' };
    expect((await act(path, change)).status).toBe(303);
    const changed = await page(path);
    expect([changed.includes('Diariet'), changed.includes(recipient)]).toEqual([true, true]);
    expect(changed).not.toContain(other?.id);
    expect(await page(subscription)).not.toContain('En annan mottagare');
    await act(path, { act: 'remove' });
  });

  test('declares a system with a mapping, and not with one that is no JSON', async () => {
    expect((await act('/integrations/new', { ...declared(), mapping: '{' })).status).toBe(422);
    expect((await act('/integrations/new', { ...declared(), events: 'decision.confirm' })).status).toBe(409);
    const made = await act('/integrations/new', declared());
    secret = /whsec_[\w+/=]+/.exec(made.html)?.[0] ?? '';
    expect([made.status, made.kept, secret]).toEqual([200, 'no-store', expect.stringMatching(/^whsec_/)]);
    expect(await page('/integrations/underskrifter')).not.toContain('whsec_');
  });

  test('tries a sample, and sees what it would send or what stands in the way', async () => {
    const tried = (sample: string) => act('/integrations/underskrifter', { act: 'sample', sample });
    expect((await tried('{"event":"document.viewed"}')).html).toContain('Meddelandet angår inte');
    const odd = await tried('{"event":"document.completed","document":{"reference":"x"}}');
    expect([odd.status, odd.html.includes('<code>/document/reference</code>')]).toEqual([422, true]);
    expect((await tried('x')).status).toBe(422);
  });

  test('sees what came in, what became of it, and has it tried again', async () => {
    const body = '{"event":"document.rejected <b>"}';
    const timestamp = Math.floor(Date.parse(server.clock.now) / 1000);
    const id = 'msg_1';
    const sent = await server.request('/v1/hooks/underskrifter', {
      method: 'POST',
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign({ id, timestamp, body }, secret),
      },
    });
    expect(sent.status).toBe(422);
    const shown = await page('/integrations/underskrifter', 'registrar');
    expect(shown).toContain('document.rejected &lt;b&gt;');
    expect(shown).toContain('Meddelandet går inte att översätta.');
    expect(await page('/integrations/underskrifter')).not.toContain('document.rejected');
    const again = await act('/integrations/underskrifter', { act: 'retry', message: id }, 'registrar');
    expect(again.status).toBe(422);
    const ignore = [[{ at: '/event', in: ['document.rejected <b>'] }]];
    const mapping = JSON.stringify({ ...newIntegration.mapping, ignore });
    const changed = { ...declared(), mapping, state: 'active', act: 'change' };
    expect((await act('/integrations/underskrifter', changed)).status).toBe(303);
    expect(
      (await act('/integrations/underskrifter', { act: 'retry', message: id }, 'registrar')).status,
    ).toBe(303);
    expect(await page('/integrations/underskrifter', 'registrar')).toContain('Prövat på nytt');
  });

  test('has both languages, one heading, and every id once on every page of it', async () => {
    await server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
    await server.services.webhooks.courier.deliverDue();
    const paths = [
      '/webhooks',
      '/webhooks/new',
      subscription,
      '/integrations/new',
      '/integrations/underskrifter',
    ];
    for (const path of paths) {
      for (const language of ['sv', 'en'])
        expect(await page(`${path}?lang=${language}`)).toContain(`<html lang="${language}">`);
      const html = await page(path);
      expect(html.match(/<h1[ >]/g), path).toHaveLength(1);
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        path,
      ).toEqual([]);
      for (const [, of] of html.matchAll(/<label[^>]* for="([^"]+)"/g)) expect(ids, path).toContain(of);
    }
  });

  test('exchanges the secret, which is shown that once', async () => {
    for (const path of [subscription, '/integrations/underskrifter']) {
      const version = /name="version" value="(\d+)"/.exec(await page(path))?.[1] ?? '';
      const { html, kept } = await act(path, { act: 'secret', version });
      expect([html, kept]).toEqual([expect.stringMatching(/whsec_/), 'no-store']);
      // Another page was open meanwhile.
      const late = await act(path, { act: 'secret', version });
      expect([late.status, late.html]).toEqual([
        412,
        expect.stringContaining('En annan ny hemlighet har gjorts'),
      ]);
      expect(late.html).not.toMatch(/whsec_/);
    }
    expect(await page('/integrations/underskrifter')).toContain('Två hemligheter gäller.');
  });
});

describe('a secretary', () => {
  test('finds no way there, and is turned away', async () => {
    expect(await page('/', 'clerk')).not.toContain('href="/webhooks"');
    expect(await page('/', 'registrar')).toContain('href="/webhooks"');
    expect((await request('/webhooks', 'clerk')).status).toBe(403);
    expect((await request('/webhooks/new', 'registrar')).status).toBe(403);
    expect((await act('/webhooks/new', form(), 'clerk')).status).toBe(403);
    expect((await request('/integrations/e-signering', 'clerk')).status).toBe(404);
    expect((await request('/integrations/nothing', 'administrator')).status).toBe(404);
  });
});
