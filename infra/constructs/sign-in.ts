import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';

/** Who may sign in, as the API and the web app know it. */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  /** Origins that the web app talks to while signing in. */
  readonly origins: readonly string[];
}

/** Cognito with managed login, code + PKCE and a second factor; or nothing, where the operator brings an issuer. */
export class SignIn extends Construct {
  /** Origins that the web app talks to while signing in, for the content security policy. */
  readonly origins: readonly string[];
  private readonly pool: UserPool | undefined;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id);
    const { stage, oidc } = settings;
    if (oidc) {
      this.origins = [new URL(oidc.issuer).origin];
      return;
    }
    const { region, account } = Stack.of(this);
    const domainPrefix = `domain-collective-${stage.name}-${account}`;
    this.origins = [
      `https://cognito-idp.${region}.amazonaws.com`,
      `https://${domainPrefix}.auth.${region}.amazoncognito.com`,
    ];
    this.pool = new UserPool(this, 'Users', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // The old address stays in force until the new one is proven.
      keepOriginal: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: stage.isKept,
      removalPolicy: stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }

  /** The issuer for a site at these origins. */
  connect(settings: Settings, siteOrigins: readonly string[]): Issuer {
    if (settings.oidc) return { ...settings.oidc, origins: this.origins };
    if (!this.pool) throw new Error('no user pool');
    const urls = siteOrigins.map((origin) => `${origin}/`);
    const client: UserPoolClient = this.pool.addClient('Web', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(1),
      // A refresh token serves once: the web app keeps the one that came with the last answer.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: urls,
        logoutUrls: urls,
      },
    });
    // Managed login shows no page at all to a client without a style, if only Cognito's own.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: this.pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return {
      issuer: this.pool.userPoolProviderUrl,
      clientId: client.userPoolClientId,
      audience: client.userPoolClientId,
      origins: this.origins,
    };
  }
}
