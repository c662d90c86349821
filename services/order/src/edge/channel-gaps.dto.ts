import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsString, Length } from 'class-validator';

export class ChannelGapsDto {
  @ApiProperty({
    type: [String],
    example: ['MX-1001', 'MX-1002'],
    description: 'Order numbers that the channel says it has sent; at most 10,000.',
  })
  @ArrayNotEmpty()
  @ArrayMaxSize(10_000)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  externalOrderIds!: string[];
}
