import { toldOf, toldTo, type Notice } from './notices';

const notice = (to: string, state: Notice['state']): Notice => ({ to, state, attempts: 1 });

describe('who is told of a report', () => {
  it('is called by their address, as people write it', () => {
    expect(toldTo({ to: 'mailto:ada%2Bsales@example.com' })).toBe('ada+sales@example.com');
    expect(toldTo({ to: 'mailto:100%@example.com' })).toBe('100%@example.com');
    expect(toldTo({ to: 'https://erp.example/reports' })).toBe('https://erp.example/reports');
  });

  it('is counted when they know', () =>
    expect(toldOf([notice('mailto:a@example.com', 'told'), notice('mailto:b@example.com', 'refused')])).toBe(1));
});
