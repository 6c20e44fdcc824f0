import {
  AmazonLinuxCpuType,
  BlockDeviceVolume,
  type CfnEIP,
  CfnEIPAssociation,
  EbsDeviceVolumeType,
  HttpTokens,
  Instance,
  InstanceClass,
  InstanceSize,
  InstanceType,
  type ISecurityGroup,
  type IVpc,
  MachineImage,
  Peer,
  Port,
  PrivateSubnet,
  RouterType,
  SecurityGroup,
  SubnetType,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface NatInstanceProps {
  readonly vpc: IVpc;
  readonly address: CfnEIP;
  /** Whose calls it passes on. */
  readonly clients: ISecurityGroup;
}

/**
 * What the machine does once, when it is made. Its address changes while this runs (the fixed one takes the place of
 * the first), hence the loop; the package manager needs more memory than the smallest machine has, hence the swap.
 */
const SET_UP = [
  'dd if=/dev/zero of=/swapfile bs=1M count=768 && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile',
  'until dnf install -y --setopt=install_weak_deps=False nftables; do sleep 5; done',
  'echo "net.ipv4.ip_forward = 1" > /etc/sysctl.d/90-nat.conf && sysctl -p /etc/sysctl.d/90-nat.conf',
  "echo 'table ip nat { chain leave { type nat hook postrouting priority srcnat; masquerade; } }' > /etc/sysconfig/nftables.conf",
  'systemctl enable --now nftables',
];

const DISK = BlockDeviceVolume.ebs(8, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 });

/**
 * The cheapest NAT: the smallest machine, which passes on the worker's HTTPS calls under our address. Nobody logs in
 * (Session Manager, no key, no SSH); EC2 recovers it by itself when its host fails, and the alarm restarts it when it
 * hangs. It is made anew when Amazon publishes a new image and the stack is deployed.
 */
export class NatInstance extends Construct {
  readonly instance: Instance;

  constructor(scope: Construct, id: string, { vpc, address, clients }: NatInstanceProps) {
    super(scope, id);
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'The NAT instance: HTTPS from the worker to anywhere',
      allowAllOutbound: false,
    });
    group.addIngressRule(clients, Port.tcp(443), 'Calls of the worker');
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'Passed on, and its own updates');
    const userData = UserData.forLinux();
    userData.addCommands(...SET_UP);
    this.instance = new Instance(this, 'Instance', {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PUBLIC, onePerAz: true },
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.NANO),
      machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
      securityGroup: group,
      associatePublicIpAddress: true,
      sourceDestCheck: false,
      httpTokens: HttpTokens.REQUIRED,
      ssmSessionPermissions: true,
      detailedMonitoring: true,
      blockDevices: [{ deviceName: '/dev/xvda', volume: DISK }],
      userData,
    });
    new CfnEIPAssociation(this, 'Address', {
      allocationId: address.attrAllocationId,
      instanceId: this.instance.instanceId,
    });
    for (const subnet of vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnets) {
      if (!(subnet instanceof PrivateSubnet)) throw new Error(`${subnet.node.path} is no private subnet`);
      subnet.addRoute('Out', { routerType: RouterType.INSTANCE, routerId: this.instance.instanceId });
    }
  }
}
