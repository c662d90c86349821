import { ANY_TIME, IsInstant, IsPlainText, OptionalNested, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional } from 'class-validator';
import { FulfillmentUnitsDto, ReasonOfFulfillmentDto } from './desk.dto';

class PickupReasonDto extends ReasonOfFulfillmentDto {
  @ApiProperty({ example: 'showed-id', description: 'Why: a code of your own vocabulary.' })
  declare readonly reason: string; // Only its example is another.
}

export class WithoutCodeDto extends PickupReasonDto {}

export class PickupHandoverDto {
  @ApiPropertyOptional({ example: '482 913', description: 'What whoever fetches it says; spaces do not count.' })
  @IsOptional()
  @IsPlainText(20)
  readonly code?: string;

  @OptionalNested(() => WithoutCodeDto, { description: 'Instead of the code: a person answers for whom it is given to.' })
  readonly withoutCode?: WithoutCodeDto;

  @ApiProperty({ example: 'Ada Miller', description: 'Who fetches it: the customer, or whoever was sent. Kept sealed.' })
  @IsPlainText(200)
  @IsNotEmpty()
  readonly collectedBy!: string;

  @OptionalNestedList(() => FulfillmentUnitsDto, { max: 10_000 }, { description: 'What they do not want: it stays, and is cancelled.' })
  readonly declined?: FulfillmentUnitsDto[];
}

const askers = ['customer', 'operator'] as const;

export class PickupExtensionDto extends PickupReasonDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'Kept until then; absent: as long as if it had become ready now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly until?: string;

  @ApiPropertyOptional({ enum: askers, default: 'operator', description: 'Whose wish it is.' })
  @IsOptional()
  @IsIn(askers)
  readonly by?: (typeof askers)[number];
}
