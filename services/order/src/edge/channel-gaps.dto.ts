import { IsExternalId, ListOf } from '@cartage/service-kit';
import { ApiProperty } from '@nestjs/swagger';

export class ChannelGapsDto {
  @ApiProperty({
    type: [String],
    example: ['MX-1001', 'MX-1002'],
    description: 'Order numbers that the channel says it has sent; at most 10,000.',
  })
  @ListOf({ max: 10_000 })
  @IsExternalId({ each: true })
  externalOrderIds!: string[];
}
