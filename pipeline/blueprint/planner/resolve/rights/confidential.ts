import type { Thing } from '../sketch.ts'

const people =
  /^(?:patient|employee|client|customer|student|pupil|child|tenant|member|donor|applicant|candidate|resident|inmate|guest|debtor|claimant|family|guardian|beneficiary|parishioner|subscriber|camper|refugee|borrower|policyholder)$/
const affairs =
  /^(?:appointment|complaint|payment|invoice|bill|payslip|payroll|salary|wage|case|prescription|diagnosis|contract|claim|appraisal|fine|debt|lawsuit|therapy|treatment_plan|medical_record|patient_record|health_record|personnel_file)$/

/** Whether rows are about people, or by their nature nobody's business but of those who deal with them. */
export const isConfidential = ({ key }: Pick<Thing, 'key'>): boolean =>
  people.test(key.split('_').at(-1)!) || affairs.test(key) || affairs.test(key.split('_').at(-1)!)
