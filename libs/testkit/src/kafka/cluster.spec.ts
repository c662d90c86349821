import { newClusterId } from './cluster';

it('never gives a cluster an id that Kafka’s tools would take for an option', () => {
  const bad = Buffer.alloc(16, 0xf8);
  const good = Buffer.alloc(16, 1);
  expect(bad.toString('base64url')).toMatch(/^-/);
  const drawn = [bad, good];
  expect(newClusterId(() => drawn.shift() ?? good)).toBe(good.toString('base64url'));
});
