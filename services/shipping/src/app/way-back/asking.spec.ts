import { fold } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { join } from 'node:path';
import type { WayBackEvent } from '../../domain/way-back/events';
import { currentLabel, wayBack } from '../../domain/way-back/way-back';
import { askCarrier, type AskingNeeds } from './asking';

const samples = goldenSamples<WayBackEvent>(join(__dirname, '../../domain/way-back/golden'));
const asked = (['ReturnLabelWanted', 'ReturnLabelRequested'] as const).map((type) => samples.of(type) as WayBackEvent);

it('a preview of asking again for a label that its carrier was silent about asks nobody', async () => {
  const state = fold(wayBack, asked);
  const [label, wanted] = [currentLabel(state), state.wanted];
  if (!label || !wanted) throw new Error('No label was asked for.');
  const meta = { commandId: 'c', correlationId: 'c', actor: 'spec', preview: true as const };
  const { carrier, service } = label.asked;
  await expect(askCarrier({} as AskingNeeds, { wanted, label, attempt: 0 }, meta)).rejects.toMatchObject({
    asks: [`carrier ${carrier}: book ${service}`],
  });
});
