import { IsCode, IsId, IsNote, IsPlainText, ListOf, OptionalNested, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsUrl, IsUUID, Matches, Max, Min } from 'class-validator';
import { labelGivers, partnerKinds, type LabelGiver, type PartnerKind } from '../../app/partners/partner';
import { messageStatuses, type MessageStatus } from '../../app/partners/partner-message';
import { noticeStatuses, type NoticeStatus } from '../../app/partners/partner-notices';
import { PartnerNoticeDto } from './notice.dto';

const MOST_LOCATIONS = 1_000;

export class PartnerPath {
  @ApiProperty({ example: 'north-3pl' })
  @IsCode()
  readonly partner!: string;
}

export class PartnerPackingSlipDto {
  @ApiProperty({ example: 'The Mug Shop', description: 'Whom it comes from, for the customer.' })
  @IsPlainText(200)
  readonly sender!: string;

  @ApiPropertyOptional({ example: 'Thank you. Returns: mugs.example.com/returns' })
  @IsOptional()
  @IsNote(1_000)
  readonly text?: string;
}

export class PartnerTermsDto {
  @ApiProperty({ enum: partnerKinds })
  @IsIn(partnerKinds)
  readonly kind!: PartnerKind;

  @ApiProperty({ example: 'webhook', description: 'How it speaks: `webhook`, `csv-folder` or `simulated`.' })
  @IsCode()
  readonly adapter!: string;

  @ApiPropertyOptional({ example: 'https://wms.example.com/cartage', description: 'Where it is told; of `webhook`.' })
  @IsOptional()
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'must be the address of a page without a user in it' },
  )
  @Matches(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/, { message: 'must begin with https://' })
  readonly endpoint?: string;

  @ApiPropertyOptional({
    writeOnly: true,
    description:
      'base64, at least 24 bytes: both sides sign with it (Standard Webhooks). Absent: as it was. The one before a new one still proves what comes in.',
  })
  @IsOptional()
  @Matches(/^(whsec_)?[A-Za-z0-9+/]{32,200}={0,2}$/, { message: 'must be 24 bytes or more in base64' })
  readonly secret?: string;

  @ApiProperty({
    type: [String],
    minItems: 0,
    maxItems: MOST_LOCATIONS,
    example: ['LDN'],
    description: 'Codes of the locations that it serves: what leaves from there is its.',
  })
  @ListOf({ min: 0, max: MOST_LOCATIONS })
  @IsCode({ each: true })
  readonly locations!: readonly string[];

  @ApiPropertyOptional({
    enum: labelGivers,
    default: 'own',
    description: '`ours`: we send labels once it has packed; `own`: its parcels go with its own carrier.',
  })
  @IsOptional()
  @IsIn(labelGivers)
  readonly labels?: LabelGiver;

  @OptionalNested(() => PartnerPackingSlipDto, { description: 'What stands on packing slips that it prints.' })
  readonly packingSlip?: PartnerPackingSlipDto;

  @ApiPropertyOptional({
    minimum: 1,
    maximum: 90,
    description:
      'A shipment of which no carrier tells anything is taken to be delivered after so many days, and told as such. Absent: a carrier, the partner or a person says so.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(90)
  readonly deliveredAfterDays?: number;
}

export class PartnerMessagesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: messageStatuses })
  @IsOptional()
  @IsIn(messageStatuses)
  readonly status?: MessageStatus;
}

export class PartnerNoticesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: noticeStatuses })
  @IsOptional()
  @IsIn(noticeStatuses)
  readonly status?: NoticeStatus;
}

export class PartnerMessagePath extends PartnerPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly messageId!: string;
}

export class PartnerNoticePath extends PartnerPath {
  @ApiProperty({ example: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' })
  @IsId(200)
  readonly noticeId!: string;
}

export class PartnerDropDto {
  @ApiProperty({ example: 'Told them by phone.', description: 'For whoever asks later.' })
  @IsNote(1_000)
  readonly reason!: string;
}

export class PartnerResubmitDto {
  @OptionalNested(() => PartnerNoticeDto, { description: 'As it should have been; absent: as it came.' })
  readonly notice?: PartnerNoticeDto;
}
