import type { Row } from './dashboard';

const of = 'service=~"$service"';
const rate = (series: string): string => `rate(${series}[$__rate_interval])`;

export const trouble: Row = {
  title: 'What waits for a person',
  panels: [
    {
      title: 'Dead letters',
      about: 'Events that a listener could not take, and what waits behind them: npm run dead-letters -- list.',
      unit: 'none',
      queries: [{ expr: `max by (service) (cartage_dead_letters{${of}})`, legend: '{{service}}' }],
    },
    {
      title: 'Keys that stand still',
      about: 'Keys, orders for most, behind a dead letter, and keys that wait for what a neighbour has not told yet.',
      unit: 'none',
      queries: [
        { expr: `max by (group) (cartage_listener_dead_keys{${of}}) > 0`, legend: '{{group}}: dead' },
        { expr: `max by (group) (cartage_listener_early_keys{${of}}) > 0`, legend: '{{group}}: early' },
      ],
    },
    {
      title: 'Parked',
      about: 'Events too large for their topic, and notices of providers and carriers that fit nothing known here.',
      unit: 'none',
      queries: [
        { expr: `max by (service) (cartage_parked_publications{${of}})`, legend: '{{service}}: events' },
        { expr: `max by (service, state) (cartage_parked_notices{${of}})`, legend: '{{service}}: notices, {{state}}' },
      ],
    },
    {
      title: 'Views that stand still',
      about: 'Views that meet an error again and again: /health/ready of the service names it.',
      unit: 'none',
      queries: [{ expr: `max by (service, view) (cartage_view_failing{${of}}) > 0`, legend: '{{service}}.{{view}}' }],
    },
  ],
};

export const processes: Row = {
  title: 'Processes',
  panels: [
    {
      title: 'Parts that do not work',
      about: 'Parts of a process that say in /health/ready that they do not work. Empty is right.',
      unit: 'none',
      queries: [{ expr: 'sum by (part) (cartage_part_up == bool 0) > 0', legend: '{{part}}' }],
    },
    {
      title: 'Connections to Postgres',
      about: 'Open and idle connections, and callers that wait for one. Who waits for long needs a larger POOL_SIZE, or more replicas.',
      unit: 'none',
      queries: [{ expr: `sum by (service, state) (cartage_database_connections{${of}})`, legend: '{{service}} {{state}}' }],
    },
    {
      title: 'Event loop',
      about: 'One turn in a hundred is late by more than this. Beyond a second a process turns requests away.',
      unit: 's',
      queries: [{ expr: 'max by (job, instance) (nodejs_eventloop_lag_p99_seconds)', legend: '{{job}} {{instance}}' }],
    },
    {
      title: 'Processor',
      about: 'Cores that each process uses. One is all that one process can use for JavaScript.',
      unit: 'none',
      queries: [{ expr: `sum by (job, instance) (${rate('process_cpu_seconds_total')})`, legend: '{{job}} {{instance}}' }],
    },
    {
      title: 'Memory',
      about: 'Resident memory of each process.',
      unit: 'bytes',
      queries: [{ expr: 'sum by (job, instance) (process_resident_memory_bytes)', legend: '{{job}} {{instance}}' }],
    },
    {
      title: 'Garbage collection',
      about: 'Share of time that each process collects garbage.',
      unit: 'percentunit',
      queries: [{ expr: `sum by (job, instance) (${rate('nodejs_gc_duration_seconds_sum')})`, legend: '{{job}} {{instance}}' }],
    },
    {
      title: 'Scrapes that lack something',
      about: 'Readings a second that could not be taken in time: what this dashboard shows is not whole then.',
      unit: 'ops',
      queries: [{ expr: `sum by (job, instance) (${rate('cartage_scrape_failed_total')})`, legend: '{{job}} {{instance}}' }],
    },
  ],
};
