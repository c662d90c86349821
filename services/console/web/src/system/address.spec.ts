import { readDeadlineAddress, readDeliveryAddress } from './address';

const id = '0198f0c2-7b1e-7c3d-9f2a-000000000001';

describe('addresses of the system’s pages', () => {
  it('say which deadlines and deliveries are looked at', () => {
    expect(readDeadlineAddress({ state: 'overdue' })).toEqual({ state: 'overdue' });
    expect(readDeliveryAddress({ status: 'given-up', delivery: id })).toEqual({ status: 'given-up', delivery: id });
  });

  it('say nothing by what no service would take', () => {
    expect(readDeadlineAddress({ state: 'late' })).toEqual({});
    expect(readDeliveryAddress({ status: 'lost', delivery: '../endpoints' })).toEqual({});
  });
});
