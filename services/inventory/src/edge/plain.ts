/** A body as plain data: what was not said, or said to be null, is absent. */
export const plain = <Dto extends object>(dto: Dto): Dto =>
  JSON.parse(JSON.stringify(dto), (_, value: unknown) => value ?? undefined) as Dto;
