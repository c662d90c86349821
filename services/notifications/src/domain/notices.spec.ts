import { specFor } from '@cartage/eventsourcing';
import { sampleOf } from '@cartage/testkit';
import { notices, type NoticesCommand } from './notices';

const { given } = specFor(notices);
const failure = sampleOf('NotificationFailed');
const followUp = sampleOf('FollowUpDue');
const fail: NoticesCommand = { type: 'RecordFailure', data: failure };
const follow: NoticesCommand = { type: 'RecordFollowUp', data: followUp };

describe('what others hear about the messages of an order', () => {
  it('is that its customer may be asked how it was, once for the order', () => {
    given().when(follow).thenOnce({ type: 'FollowUpDue', data: followUp });
    given({ type: 'FollowUpDue', data: followUp })
      .when({ ...follow, data: { ...followUp, dueAt: '2030-01-01T00:00:00.000Z' } } as NoticesCommand)
      .thenNothing();
  });

  it('is that a message could not be sent, once for each message', () => {
    const other = { ...failure, messageId: '018f0000-0000-7000-8000-00000000ffff' };
    given().when(fail).thenOnce({ type: 'NotificationFailed', data: failure });
    given({ type: 'NotificationFailed', data: failure })
      .when({ type: 'RecordFailure', data: other })
      .thenOnce({ type: 'NotificationFailed', data: other });
  });
});
