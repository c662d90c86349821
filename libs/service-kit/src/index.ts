export { KeepsWithin, MyLocations, Needs, Public, Shared, Within, type Route } from './auth/access';
export { scopes, type Area, type Scope } from './auth/scopes';
export { isLoopback } from './auth/settings';
export { ownedBy, type Owner, type Owners } from './auth/within';
export { causalGraph, edgesOf, tracedEvent, type CausalGraph, type TracedEvent } from './causes/traced-event';
export { answerOf, bytes, pageAnswer, type Answer } from './http/answer';
export { Answers, commandHeaders } from './http/answers';
export { changesBetween, diff, diffOf, DiffQuery, type Diff, type FieldChange } from './http/diff';
export { metaOfItem, nameOfItem, problemSchema, shapedEach } from './http/batch';
export { forgetOld, forgetting, type Forgettable } from './forgetting/forgetting';
export { sweeping, type SweepNeeds } from './forgetting/sweep';
export type { Check } from './health/health';
export { Form, SentForm, TakesForm } from './http/form';
export { Headers } from './http/headers';
export { cardDataIn } from './input/card-data';
export { IdParam } from './input/id-param';
export { NoPreview } from './preview/answering';
export { answeredItems, itemPreview, itemsPreview, previewOfItem, PreviewsItems, type ItemPreview, type Items } from './preview/items';
export { cursorOf, limitOf, PageQuery, pageOf, readCursor, type CursorValue, type Page } from './http/page';
export { listedRulesShape, pageOfRules, shownRules, type ListedRules, type ShownRules } from './http/rule-versions';
export { GoodUntil, LongLived } from './http/long-lived';
export { RequestPipe } from './input/request-pipe';
export { problemOf, type Problem } from './http/problem';
export {
  dayIn,
  formIn,
  hidden,
  idOf,
  languageChoice,
  momentIn,
  moneyIn,
  pageStyle,
  paragraph,
  publicLanguages,
  type PublicLanguage,
} from './http/page-parts';
export { escaped, languageFor, publicPage, type PublicPage, type Reader } from './http/public-page';
export { KeepRawBody, RawBody } from './http/raw-body';
export { Actor, CommandMeta, RequestMeta } from './http/request-meta';
export { provenWebhookId, webhookHeaders, type PostedWebhook } from './http/standard-webhook';
export { answered, etagOf, IfMatch, type Answered } from './http/version';
export { idFor, newId } from './ids';
export { fieldsOf, validatorOf, type Checked, type DtoField, type Validator } from './input/compiled';
export {
  AsList,
  AsNumber,
  IsBarcode,
  IsCode,
  IsCountry,
  IsCurrency,
  IsExternalId,
  IsId,
  IsIdentifier,
  IsLineId,
  IsMoney,
  IsNamedTexts,
  IsNote,
  IsPlainText,
  IsDay,
  IsPosition,
  IsQuantity,
  IsScan,
  IsSku,
  IsTruth,
  type EachOption,
} from './input/fields';
export { ANY_TIME, instantOf, isInstant, IsInstant, type InstantRange } from './input/instant';
export { codeOfRule } from './input/rules';
export { ListOf, Nested, NestedList, OptionalNested, OptionalNestedList, type ListSize } from './input/parts';
export { type Mail, type Mailer, type MailOutcome } from './mail/mailer';
export { folderMailer } from './mail/folder-mailer';
export { smtpMailer } from './mail/smtp-mailer';
export { mailerOf, mailSettings, type MailSettings } from './mail/settings';
export { alsoHearing } from './persons/erasing';
export { heldInTables, holdsNothing, type Forgotten, type HeldItem, type Holdings, type PersonNames } from './persons/holdings';
export { knownItem } from './persons/persons.controller';
export type { KnownItem, KnownOfPerson, PersonAsked } from './persons/persons';
export { openFonts, type Fonts } from './print/fonts';
export { bitmapOf, type Bitmap } from './print/raster';
export { pdfBytes, printedAddress, printedMoney, printedSheet, Sheet, SHEET_WIDTH } from './print/sheet';
export { drawLine, lineOf, missingIn, widthOf, wrapped, type Line } from './print/typesetting';
export { type Aggregate, type AnyService, type Kit, type Parts, type People, type Service, type Vault } from './service';
export { databaseAddresses, databaseUrlIn, type DatabaseAddresses } from './postgres/addresses';
export { sayingUnreadable, unreadableOf } from './postgres/readable';
export { commonSettings } from './settings/common';
export { environment, readSettings, type Environment, type SettingsSpec } from './settings/settings';
export { linkTemplate } from './settings/link-template';
export { wholeNumber } from './settings/whole-number';
export { StartFailure } from './start/failure';
export { migrateAll } from './start/migrate-all';
export { run, start } from './start/run';
export type { Reading, Readings } from './metrics/gauges';
export { createMetrics } from './metrics/metrics';
export { seriesOf, type Family } from './metrics/families';
export { modelCardAnswer, type ModelCard } from './models/model-card';
export { asked, type HttpAnswer, refusedByReceiver, textOfAnswer } from './relay/asked';
export { guardedPost, type GuardedPost, type PostAnswer } from './relay/guarded-post';
export { AddressGuard, AddressRefused, hostOf, type Resolve } from './relay/public-address';
export { folderMail, type FolderMail, type FolderOptions } from './relay/folder-mail';
export { hearLeft, shapedOr, type LeftFault, type LeftNotices } from './relay/left-notices';
export { listedRows, pickedCells, type BuiltPart, type FileRow, type RowCells, type RowsForm } from './relay/notice-rows';
export { outboxRows, type Ending, type OutboxRows } from './relay/outbox-rows';
export { ReceiverLines, type ReceiverLinesNeeds } from './relay/receiver-lines';
export { relayCheck, relaying } from './relay/relaying';
export { isFields, type Fields } from './fields';
export { faultIn, signedPost, type SignedReceiver } from './relay/signed-post';
export { isSameText } from './vault/same-text';
export { amountOf, timeOf, type CellFormats, type Read } from './upload/cells';
export {
  incompleteMapping,
  LineNames,
  MappedCells,
  requireReadable,
  usualFormats,
  type ColumnMapping,
  type MappedRecord,
} from './upload/columns';
export { asUsual, CellFormatsDto, IsColumns, IsMeanings } from './upload/columns.dto';
export { csvRow, sheetRow } from './upload/csv';
export { chunksOf, ImportCount, ImportQuery, importReportShape, type ImportReport, type RejectedRecord } from './upload/import-report';
export {
  countsOf,
  faultsOf,
  slicesOf,
  takenFile,
  type FileProgress,
  type LineFault,
  type OnLine,
  type ResumableFile,
  type SliceCounts,
} from './upload/slices';
export { advancing, PROGRESS, progressOf, type ProgressRow } from './upload/progress-row';
export { recordsOf, type CellKinds, type FileRecord, type RecordsOptions } from './upload/records';
export { spooled, type Spooled } from './upload/spooled';
export { TakesUpload, Upload, Uploaded, type UploadType } from './upload/upload';
export { kafkaOf } from './kafka/kafka-of';
export { archiveAt } from './archiving/archive-in';
export { archiveLogs, filesOfLogs, type LogsToArchive } from './archiving/archive-logs';
export { whatLeaves } from './archiving/what-leaves';
export { publicKeyOfLogs, verifyLogs, type LogReport, type LogsToVerify } from './attesting/verify-logs';
export { lookInto, type LogToLookInto, type LookedInto } from './looking/logs-to-look-into';
export { shownSettings } from './looking/shown-settings';
export { rotateMasterKey } from './vault/open';
export { isLinkForm, newLinkForm, type FormSigning } from './vault/link-form';
export { linkEnd, orderLinkIn, orderLinkToken, type OrderLink, type OrderLinkKind } from './vault/order-link';
export { isPickupCode, pickupCode } from './vault/pickup-code';
export { startAll, type Running, type StartOptions } from './start/start-all';
