import { describe, expect, it } from 'vitest';
import { alone } from '../fixtures/matters.ts';

const raised = () =>
  alone('initiative', { title: 'Cykelväg', of: 'citizenProposal', raisedOn: '2026-02-02' });
const report = ['initiative.report', { on: '2027-01-25', emerged: 'Väntar på utredning.' }] as const;
const inform = ['initiative.inform', { on: '2026-12-14', information: 'Behandlas i vår.' }] as const;

describe('An initiative has a year from the day it was raised (R-101, R-102)', () => {
  it('the year ends nothing: the council is to be told, and may be told late', () => {
    const overdue = raised().expire('open.report.running', 'oneYear');
    expect(overdue.states).toEqual(['open.report.overdue', 'open.information.none']);
    expect(overdue.after(report).states).toEqual(['open.report.reported', 'open.information.none']);
  });

  it('reported within the year, it is not overdue', () => {
    expect(raised().after(report).states).toContain('open.report.reported');
  });

  it('nothing is reported of it before it was raised', () => {
    const on = (day: string) => raised().send('initiative.report', { on: day, emerged: 'Utreds.' });
    expect(on('2026-02-01')).toBe('R-101');
    expect(on('2026-02-02')).toBe(null);
  });

  it('decided or withdrawn, it asks for nothing more', () => {
    expect(raised().after('initiative.closed').states).toEqual(['closed']);
  });
});

describe('What a committee was given, the council hears of at least once a year (R-104)', () => {
  const assigned = () => raised().after('initiative.assigned');

  it('every year anew, until it is decided', () => {
    const due = assigned().expire('open.information.waiting', 'yearlyInformation');
    expect(due.states).toContain('open.information.due');
    const told = due.after(inform);
    expect(told.states).toContain('open.information.waiting');
    expect(told.expire('open.information.waiting', 'yearlyInformation').states).toContain(
      'open.information.due',
    );
  });

  it('not before it was raised', () => {
    expect(assigned().send('initiative.inform', { on: '2026-02-01', information: 'Utreds.' })).toBe('R-104');
  });

  it('what stays with the council needs no such information', () => {
    expect(raised().send(...inform)).not.toBe(null);
  });
});
