import type { lintZh } from './strings.zh-CN.ts'

/** Words of the checker, in English. */
export const lintEn: Readonly<Record<keyof typeof lintZh, string>> = {
  'documents.lint.level.law': 'Law',
  'documents.lint.level.regulation': 'Regulation',
  'documents.lint.level.national-standard': 'National standard',
  'documents.lint.level.standard': 'Standard',
  'documents.lint.level.practice': 'Practice',
  'documents.lint.level.unit': 'House rule',
  'documents.lint.severity.error': 'Error',
  'documents.lint.severity.warning': 'Warning',
  'documents.lint.severity.hint': 'Hint',
  'documents.lint.A01.name': 'Incomplete document number',
  'documents.lint.A01':
    'The document number “{text}” is incomplete. It needs the organ’s code, a four-digit year and a serial ({clause}). Check and complete it.',
  'documents.lint.A02.name': 'Wrong brackets round the year',
  'documents.lint.A02': 'The year in “{text}” must stand in 〔〕 ({clause}). Change to “{fix}”.',
  'documents.lint.A03.name': 'Irregular serial',
  'documents.lint.A03':
    'The serial in “{text}” takes no 第, no leading zeros and no spaces ({clause}). Change to “{fix}”.',
  'documents.lint.A05.name': 'Code not registered',
  'documents.lint.A05':
    'The code “{text}” is not registered for this organ ({clause}). Choose a registered one or ask the registry.',
  'documents.lint.A11.name': 'Secrecy mark',
  'documents.lint.A11':
    'The text bears the secrecy mark “{text}”; this system must not handle classified documents ({clause}). Stop, use the classified channel and tell the security officer.',
  'documents.lint.A12.name': 'Unknown urgency',
  'documents.lint.A12':
    '“{text}” is not a lawful urgency; documents know 特急 and 加急 only ({clause}). Choose it in the form.',
  'documents.lint.A13.name': 'Urgency in the title',
  'documents.lint.A13':
    'The title says “{text}”; urgency is better marked in the head ({clause}). Consider using that mark.',
  'documents.lint.A14.name': 'Signer and direction disagree',
  'documents.lint.A14':
    'Documents to a superior name the signer, others do not ({clause}). This one is a “{text}”; check the signer.',
  'documents.lint.A17.name': 'Wrong organ mark',
  'documents.lint.A17':
    '“{text}” in the organ mark is irregular: use the full or authorised short name; letters take no 文件, orders end in 令, minutes in 纪要 ({clause}). Correct it.',
  'documents.lint.B01.name': 'Incomplete title',
  'documents.lint.B01': 'A title consists of organ, matter and kind, usually “…关于…的通知” ({clause}). Complete it.',
  'documents.lint.B02.name': 'No lawful kind in the title',
  'documents.lint.B02':
    'The title ends in “{text}”, which is none of the fifteen kinds ({clause}). Plans and measures are issued by a notice (通知); correct the title.',
  'documents.lint.B03.name': 'Kinds disagree',
  'documents.lint.B03': 'The title says “{text}”, the form says “{selected}” ({clause}). Make them agree.',
  'documents.lint.B04.name': 'Stacked kinds',
  'documents.lint.B04': '“{text}” in the title is doubled or mixed ({clause}). Use one kind and one 关于.',
  'documents.lint.B05.name': 'Punctuation in the title',
  'documents.lint.B05':
    'The title contains “{text}”; only title marks and brackets are usual ({clause}). Delete it or rephrase.',
  'documents.lint.B07.name': 'Nested title marks',
  'documents.lint.B07': 'Title marks inside title marks are 〈〉 ({clause}). Can be corrected for you.',
  'documents.lint.B09.name': 'Long title',
  'documents.lint.B09': 'The title has {count} characters ({clause}). Shorten the matter.',
  'documents.lint.C01.name': 'End of the addressees',
  'documents.lint.C01': 'The addressees end with one full-width colon ({clause}). Can be corrected for you.',
  'documents.lint.C03.name': 'Several superiors addressed',
  'documents.lint.C03':
    'A document to superiors has one addressee as a rule; here are {count}: {text} ({clause}). Keep one, copy the others.',
  'documents.lint.C04.name': 'Copy to a subordinate',
  'documents.lint.C04':
    'A document to superiors is never copied to subordinates; “{text}” is one ({clause}). Remove it.',
  'documents.lint.C05.name': 'Addressed to a person',
  'documents.lint.C05':
    '“{text}” is a person. Unless a leader ordered it, documents go to organs ({clause}). Name the organ.',
  'documents.lint.C10.name': 'Addressees and kind disagree',
  'documents.lint.C10':
    'Kind “{text}”: 请示, 报告, 议案, 函 and 批复 need an addressee; 公告, 通告, 决议, 公报 and 命令 have none ({clause}). Correct it.',
  'documents.lint.C11.name': 'Organ named twice',
  'documents.lint.C11':
    '“{text}” among the copies is already addressee or issuer, or stands there twice ({clause}). Remove it.',
  'documents.lint.C12.name': 'Irregular copy line',
  'documents.lint.C12':
    'The copy line “{text}” is irregular: the word is 抄送, commas between organs, a full stop at the end ({clause}). Fill it in in the form.',
  'documents.lint.D01.name': 'Level skipped',
  'documents.lint.D01':
    'Levels follow each other as 一、 （一） 1. （1）; here level {previous} is followed by {level} ({clause}). Adjust the levels.',
  'documents.lint.D03.name': 'Irregular number',
  'documents.lint.D03':
    'The number “{text}” was typed by hand or is irregular; it should be “{fix}” ({clause}). Make it a heading and it is numbered for you.',
  'documents.lint.D05.name': 'Punctuation of a heading',
  'documents.lint.D05':
    '“{text}” in this heading is irregular: a heading on its own line has no stop, one that runs on ends with 。 ({clause}). Can be corrected for you.',
  'documents.lint.D08.name': 'Request hidden in a report',
  'documents.lint.D08':
    'The report says “{text}”; reports must not contain requests ({clause}). Ask in a separate 请示.',
  'documents.lint.D09.name': 'Request without a request',
  'documents.lint.D09': 'Nothing in this 请示 asks for a decision ({clause}). End it, for example, with 妥否，请批示。',
  'documents.lint.D17.name': 'Something left to fill in',
  'documents.lint.D17': '“{text}” looks like a placeholder ({clause}). Fill it in before submitting.',
  'documents.lint.D24.name': '“No text on this page”',
  'documents.lint.D24': '“{text}” is no longer in use ({clause}). Delete it; the layout adjusts spacing.',
  'documents.lint.E01.name': 'Typed attachment label',
  'documents.lint.E01':
    '“{text}” need not be typed: the label and numbers are derived ({clause}). Can be corrected for you.',
  'documents.lint.E02.name': 'Punctuation in an attachment’s name',
  'documents.lint.E02':
    'The name “{text}” takes no punctuation at its end, nor title marks as a rule ({clause}). Change to “{fix}”.',
  'documents.lint.E03.name': 'Attachments and their list disagree',
  'documents.lint.E03':
    'The list says “{text}”, the attachment is “{found}”. Number, order and names must agree ({clause}). Check them.',
  'documents.lint.E04.name': 'No such attachment',
  'documents.lint.E04': 'The text says “{text}”, but there is no such attachment ({clause}). Check it.',
  'documents.lint.F01.name': 'Irregular date of issue',
  'documents.lint.F01':
    'The date “{text}” is irregular: Arabic figures, full year, no leading zeros ({clause}). Change to “{fix}”.',
  'documents.lint.F02.name': 'Date of issue is not the date of signing',
  'documents.lint.F02': 'The date “{text}” is not the day it was signed, {fix} ({clause}). Check it.',
  'documents.lint.F03.name': 'Printed before issued',
  'documents.lint.F03': 'The printing date {text} is before the date of issue {issued} ({clause}). Check them.',
  'documents.lint.F04.name': 'Signature and issuer disagree',
  'documents.lint.F04':
    'The signature “{text}” is not the issuer “{issuers}”; both use the same full or authorised short name, the leading organ first ({clause}). Check them.',
  'documents.lint.G08.name': 'Subject words',
  'documents.lint.G08': '“{text}”: subject words were abolished ({clause}). Delete them.',
  'documents.lint.H01.name': 'Half-width punctuation',
  'documents.lint.H01':
    '{count} half-width marks beside Chinese text, such as “{text}”, should be full-width ({clause}). Can be corrected for you.',
  'documents.lint.H02.name': 'Unpaired marks',
  'documents.lint.H02':
    '{count} quotation marks, brackets or title marks lack their other half, such as “{text}” ({clause}). Complete or delete them.',
  'documents.lint.H03.name': 'Irregular ellipsis',
  'documents.lint.H03': '“{text}” is written …… over two characters ({clause}). Can be corrected for you.',
  'documents.lint.H13.name': 'Doubled punctuation',
  'documents.lint.H13': '“{text}” is doubled or mixed ({clause}). Keep one.',
  'documents.lint.H15.name': 'Straight quotation marks',
  'documents.lint.H15': '{count} straight quotation marks should be curly ({clause}). Correct them.',
  'documents.lint.N03.name': 'Irregular year',
  'documents.lint.N03':
    'The year “{text}” is irregular: years are not shortened, zero in Chinese years is 〇 ({clause}). Correct it.',
  'documents.lint.N06.name': 'Range without its unit',
  'documents.lint.N06':
    'The first figure in “{text}” lacks its % or 万 or 亿 and may be misread ({clause}). Write 15%～30%, 3万～5万.',
  'documents.lint.N07.name': 'Decimal without zero',
  'documents.lint.N07': 'The decimal “{text}” is written “{fix}” ({clause}). Can be corrected for you.',
  'documents.lint.C15.name': 'Kind and relation disagree',
  'documents.lint.C15':
    '“{kind}” does not fit the relation to “{text}”: 请示 and 报告 go to superiors, 函 between organs of which neither leads the other ({clause}). Check the kind or the addressee.',
  'documents.lint.F08.name': 'Typed brackets of a note',
  'documents.lint.F08':
    'The brackets of the note “{text}” are derived and need not be typed ({clause}). Can be corrected for you.',
  'documents.lint.F09.name': 'Request without a contact',
  'documents.lint.F09': 'A 请示 usually names a contact and telephone in the note ({clause}). Consider adding one.',
  'documents.lint.F10.name': 'Disclosure disagrees',
  'documents.lint.F10':
    '“{text}” does not agree with the disclosure in the form, or no reason is given for withholding ({clause}). Check it.',
  'documents.lint.D20.name': 'Personal data in a public document',
  'documents.lint.D20':
    'A document to be published contains what looks like an identity, mobile or bank number, “{text}” ({clause}). Remove or mask it.',
}
