import { check } from '../../check.ts'

export default [
  check('aws_account', {
    id: 'account_security_contact_information_is_registered',
    title: 'The account has a contact for security',
    severity: 'medium',
    why: 'When AWS sees the account abused, its warning goes to whoever pays the bills.',
    fix: 'Set the alternate contact for security to an address that somebody reads at any hour.',
    cli: 'aws account put-alternate-contact --alternate-contact-type SECURITY --name NAME --title TITLE --email-address EMAIL --phone-number PHONE',
    on: 'live',
    pass: account => account.security_contact !== undefined,
    bad: [{ security_contact: null }],
    good: [{ security_contact: 'security@example.com' }],
    fault: 'has no contact for security',
  }),
]
