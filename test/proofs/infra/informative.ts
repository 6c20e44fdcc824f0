/**
 * Rules of the packs that inform (HIPAA, NIST 800-53 r4 and r5, PCI DSS 3.2.1) which the stack doesn't follow, and why. Each
 * is named without its pack: the packs ask for the same.
 */
export const INFORMATIVE: Readonly<Record<string, string>> = {
  DynamoDBInBackupPlan:
    'Portfolio has point-in-time recovery for 35 days; all that it holds can be read from the registrars again. Credentials must not outlive their deletion.',
  DynamoDBPITREnabled: 'Deleted credentials have to be gone at once; they can be entered again.',
  CloudWatchLogGroupEncrypted:
    'CloudWatch encrypts every group with a key of its own. Logs hold ids and codes of an allow-list only, which the canaries prove; a key of ours would cost more than all of the logs.',
  EC2InstanceNoPublicIp:
    'The one instance is the way out, at the address that Namecheap is told; it opens no port to the outside.',
  EC2InstancesInVPC: 'It is in the network of the way out: the rule does not follow the reference.',
  IAMNoInlinePolicy:
    'A policy inline belongs to one role and goes with it: each function has its own, exact to the action.',
  LambdaConcurrency:
    'Workers are held by the concurrency of their queues; reserved concurrency would take it from the rest of the account.',
  LambdaDLQ:
    'What fails goes to the dead letters of its queue, to whoever asked, or is made good by the sweep.',
  LambdaInsideVPC:
    'Functions call registrars and AWS by TLS, and nothing calls them: a network adds costs and no control. Namecheap, which wants an address, can have one.',
  VPCDefaultSecurityGroupClosed:
    'Nothing is in the default group; to close it the CDK would add a function with rights over groups.',
  VPCNoUnrestrictedRouteToIGW: 'The public subnets hold the way out, and nothing else.',
  WAFv2LoggingEnabled:
    'The firewall counts and tells CloudWatch its figures; a log of requests would keep the addresses of people.',
  S3BucketDefaultLockEnabled: 'The bucket of public files is made anew by each deployment; logs expire.',
  S3BucketReplicationEnabled:
    'The bucket of public files is made anew by each deployment; logs are kept where they are.',
  S3DefaultEncryptionKMS:
    'One bucket holds what everybody may read, the other the logs of that, which hold no secrets.',
};
