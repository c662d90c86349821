import type { Meta } from '@cartage/eventsourcing';
import { importReportShape, ImportQuery, answerOf, Answers, CommandMeta, TakesUpload, Uploaded, type Upload } from '@cartage/service-kit';
import { Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Items } from '../../app/catalogue/items';
import { importItems, type ItemImportReport } from './item-import';
import { ITEMS } from './items.controller';

const report = answerOf<ItemImportReport>()(
  'ItemImport',
  importReportShape('sku', {
    changed: 'Items that were described, or described anew.',
    unchanged: 'Items that stood so already.',
  }),
);

@ApiTags('items')
@Controller('inventory/items')
export class ItemImportController {
  constructor(@Inject(ITEMS) private readonly items: Items) {}

  @Post('import')
  @TakesUpload(
    'One item on each line (`application/x-ndjson`), or a row for each (`text/csv`; columns are named as the fields, `customs.hsCode` for one in another, `kit` and `barcodes` as JSON; `barcode` for one code of one unit).',
  )
  @ApiOperation({
    summary:
      'Describes all items of a file, of any size, line by line. Sent again it goes on where it broke off: what stands already is passed over.',
  })
  @Answers(200, report)
  import(@Uploaded() upload: Upload, @Query() { fromLine }: ImportQuery, @CommandMeta() meta: Meta): Promise<ItemImportReport> {
    return importItems(this.items, upload, fromLine ?? 1, meta);
  }
}
