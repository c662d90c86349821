import { most, type Row } from './dashboard';

/** What must follow, and whether it does: of all services together. */
export const audit: Row = {
  title: 'Nothing lost, nothing doubled',
  panels: [
    {
      title: 'Findings of the audit',
      about:
        'What did not follow in time, has no cause, is there twice, was never heard, or stands still with nothing awaited; empty is right: GET /audit/findings?open=true.',
      unit: 'none',
      queries: [most('kind', 'cartage_audit_findings_open', ' > 0')],
    },
    {
      title: 'Oldest finding',
      about: 'For how long the oldest open finding of each kind is so.',
      unit: 's',
      queries: [most('kind', 'cartage_audit_findings_oldest_seconds', ' > 0')],
    },
    {
      title: 'What is awaited',
      about: 'Things that must still follow from what the audit heard. A line that only climbs is work that nobody ends.',
      unit: 'none',
      queries: [most('service', 'cartage_audit_awaited')],
    },
    {
      title: 'What the audit hears',
      about:
        'Events that the audit has heard of each topic, repetitions too. A line that lies flat while orders come is an audit that is deaf.',
      unit: 'none',
      queries: [most('topic', 'cartage_audit_facts_heard')],
    },
  ],
};
