import { Municipality, thirdOnce } from './municipality.ts';

/**
 * Huddinge, the first user. The council's 61 seats are the municipality's own figure (rulebook section 8); the
 * other bodies' sizes were not found and are assumed, as `seatsAssumed` says.
 */
export const huddinge = Municipality.parse({
  id: 'huddinge',
  name: 'Huddinge kommun',
  calendar: { country: 'SE', zone: 'Europe/Stockholm' },
  registryPrefix: 'HKS',
  noticeBoard: 'Huddinge kommuns anslagstavla',
  // Assumed: its rules of procedure were not found.
  citizenProposals: true,
  bodies: [
    {
      id: 'kf',
      label: { sv: 'Kommunfullmäktige', en: 'Municipal council' },
      kind: 'council',
      seats: 61,
      approvers: 2,
      minorityBrake: thirdOnce,
      inquiries: {
        interpellation: {
          length: 10,
          unit: 'workingDays',
          remark: 'From a notice of 2014 (rulebook 1.5); the rules of procedure were not found.',
        },
        belowQuorum: true,
      },
      remark: 'That interpellations and questions may be answered below quorum is assumed.',
    },
    {
      id: 'bered',
      label: { sv: 'Fullmäktigeberedningen', en: 'Council drafting committee' },
      kind: 'draftingCommittee',
      seats: 7,
      seatsAssumed: true,
      remark: 'That the council has such a committee is assumed: it shows how one prepares (KL 5:27).',
    },
    {
      id: 'ks',
      label: { sv: 'Kommunstyrelsen', en: 'Municipal board' },
      kind: 'board',
      seats: 15,
      seatsAssumed: true,
    },
    {
      id: 'au',
      label: { sv: 'Kommunstyrelsens arbetsutskott', en: 'Working committee of the board' },
      kind: 'workingCommittee',
      seats: 5,
      seatsAssumed: true,
    },
    {
      id: 'sn',
      label: { sv: 'Socialnämnden', en: 'Social services committee' },
      kind: 'committee',
      seats: 13,
      seatsAssumed: true,
    },
    {
      id: 'von',
      label: { sv: 'Vård- och omsorgsnämnden', en: 'Health and care committee' },
      kind: 'committee',
      seats: 13,
      seatsAssumed: true,
    },
    {
      id: 'gan',
      label: { sv: 'Gymnasie- och arbetsmarknadsnämnden', en: 'Upper secondary and labour market committee' },
      kind: 'committee',
      seats: 13,
      seatsAssumed: true,
    },
    {
      id: 'nbn',
      label: { sv: 'Natur- och byggnadsnämnden', en: 'Planning and building committee' },
      kind: 'committee',
      seats: 13,
      seatsAssumed: true,
      remark: 'That the council has authorised it to adopt lesser plans is assumed.',
    },
    {
      id: 'sun',
      label: { sv: 'Södertörns upphandlingsnämnd', en: 'Södertörn procurement committee' },
      kind: 'committee',
      seats: 9,
      seatsAssumed: true,
      otherNoticeBoards: ['Botkyrka kommuns anslagstavla', 'Salems kommuns anslagstavla'],
      remark:
        'An example of a joint committee. Its host and its members are assumed, not taken from an agreement.',
    },
  ],
  delegations: [
    {
      id: 'sn-agreements',
      body: 'sn',
      label: {
        sv: 'SN 2.1 Avtal om insatser och tjänster',
        en: 'SN 2.1 Agreements on measures and services',
      },
      remark: 'An example: the delegation scheme was not found (rulebook section 8).',
    },
    {
      id: 'sn-leases',
      body: 'sn',
      label: { sv: 'SN 2.4 Upplåtelse av lokaler', en: 'SN 2.4 Leases of premises' },
      recorded: 'separately',
      remark: 'An example.',
    },
    {
      id: 'sn-urgent',
      body: 'sn',
      label: { sv: 'SN 1.1 Brådskande ärenden', en: 'SN 1.1 Urgent matters' },
      urgent: true,
      remark: 'An example.',
    },
  ],
  retention: [
    {
      of: ['sn-delegated'],
      years: 5,
      remark: 'An example: the retention plan was not found. What it does not name is kept for good.',
    },
  ],
  recipients: [
    { id: 'sodertorns-hogskola', name: 'Södertörns högskola' },
    { id: 'karolinska-institutet', name: 'Karolinska Institutet' },
    { id: 'lansstyrelsen', name: 'Länsstyrelsen Stockholm' },
    { id: 'rise', name: 'Research Institutes of Sweden AB' },
    { id: 'ks', name: 'Kommunstyrelsen', channel: 'internal' },
    { id: 'sn', name: 'Socialnämnden', channel: 'internal' },
    { id: 'von', name: 'Vård- och omsorgsnämnden', channel: 'internal' },
    { id: 'nbn', name: 'Natur- och byggnadsnämnden', channel: 'internal' },
    { id: 'gan', name: 'Gymnasie- och arbetsmarknadsnämnden', channel: 'internal' },
    { id: 'huge-bostader', name: 'Huge Bostäder AB' },
    { id: 'huge-fastigheter', name: 'Huddinge Samhällsfastigheter AB' },
  ],
  groups: {
    'Samtliga nämnder och bolag': ['ks', 'sn', 'von', 'gan', 'nbn', 'huge-bostader', 'huge-fastigheter'],
  },
});
