import { evidence, linesOf, location, order, rules, shipGroup, told } from './brokering.fixture';

describe('ship groups of one order', () => {
  const [mugs, tees] = [linesOf(['MUG', 2]), [{ lineId: '2', sku: 'TEE', quantity: 1 }]];
  const single = (known: ReturnType<typeof evidence>) => ({ ...known, rules: { ...rules, maxSplit: 1 } });
  const fetched = { shipGroupId: 'shop', method: 'pickup', pickupLocation: 'SHOP' };
  const brokered = (shop: typeof fetched) =>
    told({
      type: 'BrokerOrder',
      data: {
        orderId: order.orderId,
        priority: 'standard',
        groups: [
          { shipGroup, lines: mugs, evidence: single(evidence(10, [location('A', [9])], mugs)) },
          { shipGroup: shop, lines: tees, evidence: single(evidence(20, [location('A', [9]), location('SHOP', [1])], tees)) },
        ],
      },
    }).flatMap((event) => (event.type === 'FulfillmentBrokered' ? [event.data] : []));

  it('each have fulfilments, and a limit of locations, of their own; what is fetched is at hand where it is fetched', () =>
    expect(brokered(fetched)).toMatchObject([
      { location: 'A', shipGroupId: '1', lines: mugs },
      { location: 'SHOP', shipGroupId: 'shop', method: 'pickup', lines: tees },
    ]));

  it('that are sent to a store come from wherever they are', () =>
    expect(brokered({ ...fetched, method: 'ship-to-store' })).toMatchObject([
      { location: 'A' },
      { location: 'A', method: 'ship-to-store' },
    ]));
});
