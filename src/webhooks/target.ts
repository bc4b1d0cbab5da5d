/** Where messages may be sent: public addresses, and those that the operator allows (server-side request forgery). */

import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Label } from '../../machines/label.ts';

/** IPv4 that is not the public internet (RFC 6890 and its registry, multicast, reserved). */
const unpublic = new BlockList();
for (const network of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
  add(unpublic, network);

/** Of IPv6 only 2000::/3 is public, and within it not these: protocol assignments, documentation, 6to4. */
const globalUnicast = new BlockList();
add(globalUnicast, '2000::/3');
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) add(unpublic, network);

function add(list: BlockList, network: string): void {
  const [address = '', length = ''] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  list.addSubnet(address, length === '' ? (family === 'ipv6' ? 128 : 32) : Number(length), family);
}

/** The networks (`10.1.0.0/16`, `::1`) that an operator allows beside the public ones. @throws Error for a wrong one. */
export function allowedNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) add(list, network);
  return list;
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether an address is allowed by the operator: only there a message may travel without TLS. */
const isAllowed = (address: string, allowed: BlockList): boolean => allowed.check(address, familyOf(address));

const isPublic = (address: string): boolean =>
  !unpublic.check(address, familyOf(address)) &&
  (isIP(address) === 4 || globalUnicast.check(address, 'ipv6'));

/** A target that is refused; `says` is for people. */
export class ForbiddenTarget extends Error {
  readonly says: Label;

  constructor(says: Label) {
    super(says.en);
    this.name = 'ForbiddenTarget';
    this.says = says;
  }
}

/** @throws ForbiddenTarget for an address that is neither public nor allowed, and for one that would need TLS. */
function assertAddress(address: string, isSecure: boolean, allowed: BlockList): void {
  if (isAllowed(address, allowed)) return;
  if (!isPublic(address))
    throw new ForbiddenTarget({
      sv: `Adressen ${address} hör inte till det öppna nätet, och driften har inte tillåtit den.`,
      en: `The address ${address} is not of the public internet, and the operator has not allowed it.`,
    });
  if (!isSecure)
    throw new ForbiddenTarget({
      sv: 'Till det öppna nätet sänds bara med https.',
      en: 'To the public internet, messages are sent by https only.',
    });
}

/**
 * The address of a subscription, as far as can be told without asking for its name.
 * @throws ForbiddenTarget
 */
export function targetOf(text: string, allowed: BlockList): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new ForbiddenTarget({
      sv: 'Ange en adress med https, utan användare och lösenord.',
      en: 'State an address with https, without a user and a password.',
    });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) assertAddress(host, url.protocol === 'https:', allowed);
  return url;
}

/**
 * Looks a name up once, at the moment of connecting: the connection goes to the very addresses that were judged, so a
 * name that is bound anew between two questions gains nothing. One forbidden address among several refuses the name.
 */
export const guardedLookup =
  (
    isSecure: boolean,
    allowed: BlockList,
    lookup: LookupFunction = systemLookup as LookupFunction,
  ): LookupFunction =>
  (name, options, callback) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : [];
      try {
        if (error) throw error;
        for (const { address } of addresses) assertAddress(address, isSecure, allowed);
      } catch (refusal) {
        return callback(refusal as NodeJS.ErrnoException, []);
      }
      const [first] = addresses;
      if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    });
