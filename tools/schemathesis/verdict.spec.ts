import { verdictOf, type Report } from './verdict';

const report: Report = {
  complete: true,
  operations: { tested: 3, selected: 3 },
  test_cases: { generated: 100 },
  failures: [],
  errors: [],
  valid_rates: { 'GET /orders': { coverage: { accepted: 0 }, fuzzing: { accepted: 2 } }, 'POST /orders': { coverage: { accepted: 0 } } },
};

it('passes every operation against which nothing was found', () => {
  expect(verdictOf(report)).toEqual({ passed: 3, failures: [] });
});

it('fails an operation once, however much was found against it', () => {
  const failures = [
    { title: 'Server error', operations: ['POST /orders'] },
    { title: 'Undocumented status', operations: ['POST /orders', 'GET /orders'] },
  ];
  expect(verdictOf({ ...report, failures })).toEqual({
    passed: 1,
    failures: ['POST /orders: Server error', 'POST /orders: Undocumented status', 'GET /orders: Undocumented status'],
  });
});

it('fails a question that was never answered, for it was asked about nothing', () => {
  const { passed, failures } = verdictOf({ ...report, valid_rates: { 'GET /orders/{orderId}': { fuzzing: { accepted: 0 } } } });
  expect(passed).toBe(2);
  expect(failures).toEqual([expect.stringContaining('GET /orders/{orderId}: no request')]);
});

it('fails a run that did not come to its end', () => {
  expect(verdictOf({ ...report, complete: false }).failures).toEqual(['the run: did not come to its end']);
  expect(verdictOf({ ...report, operations: { tested: 2, selected: 3 } }).failures).toEqual(['the run: did not come to its end']);
});
