/** What is known of the database engines that AWS runs, by the names that RDS gives them. */

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: `Port`. */
export function defaultPort(engine: string): number | undefined {
  return ports.find(([name]) => name.test(engine))?.[1]
}

/**
 * Whether standard support of the engine's major version has ended, so that extended support is charged:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
export function isPastStandardSupport(engine: string, version: string, now: Date): boolean {
  const end = support.find(([name, major]) => name.test(engine) && isMajor(version, major))?.[2]
  return end !== undefined && now > new Date(`${end}T23:59:59Z`)
}

/** Whether AWS has withdrawn the engine's version, extended support included. */
export function isWithdrawn(engine: string, version: string): boolean {
  return withdrawn.some(
    ([name, majors]) => name.test(engine) && majors.some(major => isMajor(version, major)),
  )
}

const ports: readonly (readonly [engine: RegExp, port: number])[] = [
  [/postgres/, 5432],
  [/^(?:mysql|mariadb|aurora)/, 3306],
  [/^(?:custom-)?oracle-/, 1521],
  [/^(?:custom-)?sqlserver-/, 1433],
  [/^db2-/, 50_000],
]

const postgres = /^(?:aurora-)?postgres/
const support: readonly (readonly [engine: RegExp, major: string, end: string])[] = [
  [/^mysql$/, '5.7', '2024-02-29'],
  [/^mysql$/, '8.0', '2026-07-31'],
  [/^mysql$/, '8.4', '2029-07-31'],
  [/^aurora(?:-mysql)?$/, '5.7', '2024-10-31'],
  [/^aurora(?:-mysql)?$/, '8.0', '2028-04-30'],
  [postgres, '11', '2024-02-29'],
  [postgres, '12', '2025-02-28'],
  [postgres, '13', '2026-02-28'],
  [postgres, '14', '2027-02-28'],
  [postgres, '15', '2028-02-29'],
  [postgres, '16', '2029-02-28'],
  [postgres, '17', '2030-02-28'],
]

const withdrawn: readonly (readonly [engine: RegExp, majors: readonly string[]])[] = [
  [/^mysql$/, ['5.1', '5.5', '5.6']],
  [/^mariadb$/, ['10.0', '10.1', '10.2', '10.3', '10.4']],
  [postgres, ['9.3', '9.4', '9.5', '9.6', '10']],
  [/^aurora(?:-mysql)?$/, ['5.6']],
  [/^oracle-/, ['11', '12.1', '12.2', '18']],
  [/^sqlserver-/, ['10.50', '11.00', '12.00']],
]

/** `5.7.mysql_aurora.2.11.2` is of 5.7, `12` of 12, `12.1` of 12, but `120` is not. */
function isMajor(version: string, major: string): boolean {
  return version === major || version.startsWith(`${major}.`)
}
