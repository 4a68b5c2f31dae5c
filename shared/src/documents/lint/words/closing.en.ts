import type { closingZh } from './closing.zh-CN.ts'

/** Words of the rules about attachments, closing and pages, in English. */
export const closingEn: Readonly<Record<keyof typeof closingZh, string>> = {
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
  'documents.lint.E05.name': 'Place of an attachment',
  'documents.lint.E05':
    'The attachment “{text}” on page {page} is misplaced: a new page, the label on line 1, the title on line 3 ({clause}). Check the layout.',
  'documents.lint.E06.name': 'Issued text listed as attachment',
  'documents.lint.E06':
    '“{text}” is what this notice issues and is usually not listed as an attachment ({clause}). Consider removing it.',
  'documents.lint.E07.name': 'Detached attachment without number',
  'documents.lint.E07':
    '“{text}” is an attachment on its own: its first line gives its document’s number, 附件 and its own number ({clause}). Add them.',
  'documents.lint.E08.name': 'Place of the list of attachments',
  'documents.lint.E08':
    'The list of attachments (“{text}”) stands after the text and before the signature ({clause}). Move it.',
  'documents.lint.F01.name': 'Irregular date of issue',
  'documents.lint.F01':
    'The date “{text}” is irregular: Arabic figures, full year, no leading zeros ({clause}). Change to “{fix}”.',
  'documents.lint.F02.name': 'Date of issue is not the date of signing',
  'documents.lint.F02': 'The date “{text}” was written before signing; signing replaced it with its own day, {fix}, and the pages are printed with that ({clause}). Check the day of signing.',
  'documents.lint.F03.name': 'Printed before issued',
  'documents.lint.F03': 'The printing date {text} is before the date of issue {issued} ({clause}). Check them.',
  'documents.lint.F04.name': 'Signature and issuer disagree',
  'documents.lint.F04':
    'The signature “{text}” is not the issuer “{issuers}”; both use the same full or authorised short name, the leading organ first ({clause}). Check them.',
  'documents.lint.F05.name': 'Seals and signatures disagree',
  'documents.lint.F05':
    'Signature and seal of “{text}” disagree (seals: {seals}) ({clause}). Every organ that signs seals, no other does.',
  'documents.lint.F06.name': 'Place of the seal',
  'documents.lint.F06':
    'The seal of “{text}” on page {page} is misplaced: over name and date, touching no other, within the type area ({clause}). Check the layout.',
  'documents.lint.F07.name': 'Signer’s post missing',
  'documents.lint.F07':
    'A {text} bears a signature stamp and names the signer’s full post ({clause}). Fill it in in the form.',
  'documents.lint.F08.name': 'Typed brackets of a note',
  'documents.lint.F08':
    'The brackets of the note “{text}” are derived and need not be typed ({clause}). Can be corrected for you.',
  'documents.lint.F09.name': 'Request without a contact',
  'documents.lint.F09': 'A 请示 usually names a contact and telephone in the note ({clause}). Consider adding one.',
  'documents.lint.F10.name': 'Disclosure disagrees',
  'documents.lint.F10':
    '“{text}” does not agree with the disclosure in the form, or no reason is given for withholding ({clause}). Check it.',
  'documents.lint.F11.name': 'Signature alone on a page',
  'documents.lint.F11':
    'Page {page} holds nothing but signature and date ({clause}). Adjust the text; spacing was adjusted as far as it goes.',
  'documents.lint.F12.name': 'Resolution without its title note',
  'documents.lint.F12':
    'A resolution is adopted by a meeting: a note below the title names day and meeting, as in （2026年1月8日××第三次会议通过）, and nobody signs at the end ({clause}). Add the note.',
  'documents.lint.F13.name': 'Irregular title note',
  'documents.lint.F13.form':
    'The title note is irregular at “{text}”: full-width round brackets, dates in Arabic figures with year, month and day ({clause}). Change to “{fix}”.',
  'documents.lint.F13.untold':
    'The title note “{text}” does not say on which day which meeting adopted the text ({clause}). Add it, as in （2026年1月8日××第三次会议通过）.',
  'documents.lint.F14.name': 'Title note and signature',
  'documents.lint.F14':
    'The title note names day and meeting already; “{text}” at the end is not usual ({clause}). The line can be removed.',
  'documents.lint.F15.name': 'No signature of the issuing organ',
  'documents.lint.F15': 'Nothing stands below the text of this {text} to say who issues it ({clause}). Without it there is no place for the seal: add the full or accepted short name of the organ.',
  'documents.lint.F16.name': 'No date of the document',
  'documents.lint.F16': 'This {text} has no date ({clause}). Add it below the signature; after signing it is printed as the day of signing.',
  'documents.lint.G01.name': 'Outside the type area',
  'documents.lint.G01':
    '“{text}” on page {page} leaves the type area, or the sheet is not A4 ({clause}). Check the layout.',
  'documents.lint.G02.name': 'Face or size',
  'documents.lint.G02':
    '“{text}” has the wrong face or size ({fix}) ({clause}). Check the layout.',
  'documents.lint.G03.name': 'Place of the imprint',
  'documents.lint.G03':
    'The imprint on page {page} is irregular: on the last page, its last line on the foot of the type area, outer lines thick, inner thin ({clause}). Check the layout.',
  'documents.lint.G04.name': 'Imprint on an odd page',
  'documents.lint.G04':
    'The imprint is on page {page}; in electronic documents it belongs on an even page ({clause}). Set the place of the imprint to “Even page”.',
  'documents.lint.G05.name': 'Irregular page number',
  'documents.lint.G05':
    'The number “{text}” of page {page} is irregular: 4号 Songti between two dashes, odd pages right, even pages left; none on a letter’s first page or a blank one ({clause}).',
  'documents.lint.G06.name': 'Irregular letter',
  'documents.lint.G06':
    'The letter format on page {page} is irregular: double red lines of 170 mm, an imprint without lines and printing organ ({clause}). Check the format.',
  'documents.lint.G07.name': 'Irregular colour',
  'documents.lint.G07': '“{text}” on page {page} is red. All but the mark and its lines is black ({clause}).',
  'documents.lint.G08.name': 'Subject words',
  'documents.lint.G08': '“{text}”: subject words were abolished ({clause}). Delete them.',
  'documents.lint.G09.name': 'Heading stranded or table too wide',
  'documents.lint.G09':
    '“{text}” on page {page}: a heading parted from its text, or a table wider than the type area ({clause}). Adjust it.',
  'documents.lint.G10.name': 'Head of a table that lies across',
  'documents.lint.G10':
    'The head of the table on page {page} is not on the left: on odd pages it belongs to the binding edge, on even ones to the outer edge ({clause}). Check the layout.',
  'documents.lint.G11.name': 'Signs no typeface has',
  'documents.lint.G11':
    'No typeface in use has {text}. The pages show a crossed red box there, and no final file is made without the sign ({clause}). Check the text; if the name is right, ask the system administrator to add a typeface that has it.',
  'documents.lint.G12.name': 'Signs lent by another typeface',
  'documents.lint.G12':
    'From page {page} on, “{text}” is drawn in {fix}, because the proper typeface lacks it; it looks a little different ({clause}). It may be issued like this; for an even look ask the system administrator to add a typeface that has it.',
}
