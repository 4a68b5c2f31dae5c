/** Size of a round seal by the class of its organ. Source: 国发〔1999〕25号 */
import type { SealKind } from '../model.ts'

/** Diameter in millimetres.
 *
 * @param name full name of the organ, e.g. 云州市人民政府
 */
export function diameterOf(kind: SealKind, name: string): number {
  if (kind !== 'organ') return 40
  if (/^国务院$/.test(name)) return 60
  if (/(?:省|自治区)人民政府(?:办公厅)?$/.test(name)) return 50
  if (/(?:乡|镇)人民政府$/.test(name)) return 42
  if (/人民政府$/.test(name)) return 45
  return 42
}
