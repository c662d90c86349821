import { useQueryClient } from '@tanstack/react-query';
import { bodyOf, type Api } from '../../api/client';
import { useServices } from '../../api/services';
import { unguessable } from '../../session/pkce';
import { useSpeech } from '../../words/words';
import { carriedOut } from '../scanning/carried-out';
import { useScans } from '../scanning/useScans';
import { gateScanOf, type ShipmentAtGate } from './gate';

const byNumber = async (api: Api, trackingNumber: string): Promise<ShipmentAtGate | undefined> =>
  (await bodyOf(api.GET('/shipping/shipments', { params: { query: { trackingNumber, limit: 1 } } }))).items[0];

/** Parcels are handed over one scan after the other. */
export const useHandover = (location: string) => {
  const { api } = useServices();
  const client = useQueryClient();
  const { say, name } = useSpeech();
  return useScans(async (code) => {
    const scan = gateScanOf(await byNumber(api, code), location);
    if (scan.is === 'unknown') return { tone: 'bad', text: say('warehouse.gate.unknown', { code }) };
    if (scan.is === 'elsewhere') return { tone: 'bad', text: say('warehouse.gate.elsewhere', { code, location: scan.location }) };
    if (scan.is === 'not-now') return { tone: 'bad', text: say('warehouse.gate.not-now', { code, status: name('parcel', scan.status) }) };
    const params = { path: { shipmentId: scan.shipmentId }, header: { 'Idempotency-Key': unguessable() } };
    await carriedOut(() => bodyOf(api.POST('/shipping/shipments/{shipmentId}/dispatch', { params })));
    await client.invalidateQueries({ queryKey: ['warehouse'] });
    return { tone: 'good', text: say('warehouse.gate.taken', { code }) };
  });
};
