import type { Network } from './network';

/** What every network knows of weights. */
export const itemWeightsContract = (make: () => Network): void => {
  it('tells what is known of weights, and nothing of others', async () => {
    const network = make();
    await network.learnItem({ sku: 'MUG', weightGrams: 350, revision: 1 });
    await network.learnItem({ sku: 'TEE', revision: 1 });
    expect(await Promise.all([network.weightsOf(['MUG', 'TEE', 'CAP']), network.weightsOf(['CAP'])])).toEqual([
      new Map([['MUG', 350]]),
      new Map(),
    ]);
  });

  it('believes the newest, in whatever order it is heard', async () => {
    const network = make();
    const learn = (revision: number, weightGrams?: number) =>
      network.learnItem({ sku: 'MUG', revision, ...(weightGrams === undefined ? {} : { weightGrams }) });
    await learn(2, 400);
    await learn(1, 350);
    expect(await network.weightsOf(['MUG'])).toEqual(new Map([['MUG', 400]]));
    await learn(3);
    expect(await network.weightsOf(['MUG'])).toEqual(new Map());
  });
};
