import { AsNumber, IsInstant } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { choiceOrders, type ChoiceOrder } from '../../domain/rates';

const Weight = (): PropertyDecorator => (target, name) => {
  const about = {
    minimum: 0,
    maximum: 1_000,
    default: 0,
    description: 'Its weight, where `choice` is `weighted`; as set up, if none is given.',
  };
  for (const rule of [ApiPropertyOptional(about), IsOptional(), AsNumber(), IsNumber(), Min(0), Max(1_000)]) rule(target, name);
};

export class TrialPeriodQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Labels that were quoted from then on; 30 days before `to`, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'And before then; now, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 10_000, default: 10_000, description: 'At most so many labels, the newest first.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly limit?: number;
}

export class PolicyTrialQuery extends TrialPeriodQuery {
  @ApiProperty({ enum: choiceOrders, description: 'What is to count first.' })
  @IsIn(choiceOrders)
  readonly choice!: ChoiceOrder;

  @Weight()
  readonly cost?: number;

  @Weight()
  readonly speed?: number;

  @Weight()
  readonly preference?: number;

  @Weight()
  readonly performance?: number;
}
