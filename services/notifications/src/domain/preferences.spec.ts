import { specFor } from '@cartage/eventsourcing';
import { kindOf, messageKinds, type MessageKind } from './kinds';
import { preferences, type PreferencesCommand, type PreferencesEvent } from './preferences';

const { given } = specFor(preferences);
const now = '2026-11-27T09:00:00.000Z';
const change = (...optOut: readonly string[]): PreferencesCommand => ({
  type: 'ChangePreferences',
  data: { customerId: 'c-17', optOut, now },
});
const changed = (...optedOut: readonly MessageKind[]): PreferencesEvent => ({
  type: 'PreferencesChanged',
  data: { customerId: 'c-17', optedOut, changedAt: now },
});

describe('what a customer does without', () => {
  it('is kept once, each kind once, in whatever order it was said', () => {
    given()
      .when(change('review-request', 'delivered', 'review-request'))
      .thenOnce(changed('delivered', 'review-request'));
    given(changed('delivered', 'review-request')).when(change('review-request', 'delivered')).thenNothing();
  });

  it('is what was said last, and may be nothing', () => {
    given(changed('delivered', 'review-request')).when(change('delivered')).thenOnce(changed('delivered'));
    given(changed('delivered')).when(change()).thenOnce(changed());
    given().when(change()).thenNothing();
  });

  it('is never what a seller has to tell, and is refused as a whole', () => {
    const necessary = messageKinds.filter((kind) => !kindOf(kind).optional);
    for (const kind of necessary) given().when(change('delivered', kind)).thenRefused('PREFERENCES_INVALID');
    given().when(change('newsletter')).thenRefused('PREFERENCES_INVALID');
  });

  it('is refused with the place of each fault', () => {
    const { decide, initial } = preferences;
    expect(() => decide(change('delivered', 'order-confirmation', 'newsletter'), initial)).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ field: 'optOut[1]', code: 'KIND_REQUIRED' }),
          expect.objectContaining({ field: 'optOut[2]', code: 'KIND_UNKNOWN' }),
        ],
      }),
    );
  });
});
