interface Sentence {
  readonly en: string;
  readonly zh: string;
}

/** What each error means for the person who meets it; a check fails if an error has no sentence or a sentence no error. */
export const sentences = {
  // Participants and domains
  Participants_ZeroAddress: { en: "The zero address cannot take part.", zh: "零地址不能成为参与方或登记机构。" },
  Participants_ZeroDomain: { en: "A domain needs a number other than zero.", zh: "域的编号不能为零。" },
  Participants_DomainExists: { en: "This domain is open already.", zh: "该域已经开设。" },
  Participants_DomainUnknown: { en: "This domain has not been opened.", zh: "该域尚未开设。" },
  Participants_NotRegistrar: {
    en: "Only the registrar of this domain may do this.",
    zh: "只有该域的登记机构可以执行此操作。",
  },
  Participants_KindMissing: {
    en: "Say whether the participant is an organisation, a public body or a person.",
    zh: "请说明参与方是机构、公共部门还是个人。",
  },
  Participants_AlreadyAdmitted: { en: "This account has been admitted already.", zh: "该账户已经获准参与。" },
  Participants_RevokedElsewhere: {
    en: "Another domain revoked this account; only that domain can admit it again.",
    zh: "该账户已被另一个域撤销资格，只有该域可以重新准入。",
  },
  Participants_WrongStatus: {
    en: "The participant's present status does not allow this change.",
    zh: "参与方当前的状态不允许此变更。",
  },
  Participants_NoReason: {
    en: "State a reason: give the hash of the statement.",
    zh: "请说明理由，并提供理由文书的哈希值。",
  },
  Participants_SuccessorInactive: {
    en: "The successor is not an active participant.",
    zh: "继任账户不是有效的参与方。",
  },
  Participants_OwnSuccessor: { en: "An account cannot succeed itself.", zh: "账户不能继任自身。" },
  Participants_NoSuccessionProposed: {
    en: "No successor has been proposed for this account.",
    zh: "该账户没有待处理的继任提议。",
  },
  Participants_SuccessionPending: {
    en: "The delay of this succession is still running.",
    zh: "该继任的等待期尚未结束。",
  },
  Participants_SuccessionExpired: {
    en: "This succession was not recorded in time and has to be proposed again.",
    zh: "该继任未在期限内登记，须重新提出。",
  },
  Participants_AlreadyObjected: {
    en: "This account has objected already; the delay was lengthened.",
    zh: "该账户已经提出异议，等待期已延长。",
  },
  Participants_RegistrarChanged: {
    en: "The registrar who proposed this is no longer in charge; the present one must propose it again.",
    zh: "提出该事项的登记机构已被更换，须由现任登记机构重新提出。",
  },

  // Credentials
  Credentials_NoName: { en: "A schema needs a name.", zh: "凭证模式必须有名称。" },
  Credentials_SchemaExists: { en: "This schema is open already.", zh: "该凭证模式已经开设。" },
  Credentials_SchemaUnknown: { en: "This schema has not been opened.", zh: "该凭证模式尚未开设。" },
  Credentials_ZeroAddress: {
    en: "The zero address neither issues nor has credentials.",
    zh: "零地址不能签发或持有凭证。",
  },
  Credentials_AlreadyAccredited: {
    en: "This account may issue credentials of the schema already.",
    zh: "该账户已获准签发此模式的凭证。",
  },
  Credentials_NotAccredited: {
    en: "This account is not accredited to issue credentials of the schema.",
    zh: "该账户未获准签发此模式的凭证。",
  },
  Credentials_EndsInThePast: { en: "A credential cannot end in the past.", zh: "凭证的有效期不能在过去结束。" },
  Credentials_HeldFromAnother: {
    en: "The subject has a valid credential from another issuer.",
    zh: "该主体已持有其他签发方的有效凭证。",
  },
  Credentials_RevokedByAnother: {
    en: "Another issuer revoked this credential; only that issuer can issue it again.",
    zh: "该凭证已被另一签发方吊销，只有该签发方可以重新签发。",
  },
  Credentials_Missing: { en: "The account has no credential of this schema.", zh: "该账户没有此模式的凭证。" },
  Credentials_Revoked: { en: "The credential has been revoked.", zh: "该凭证已被吊销。" },
  Credentials_Expired: { en: "The credential has expired.", zh: "该凭证已经过期。" },
  Credentials_NotIssuer: {
    en: "Only the issuer of the credential may do this.",
    zh: "只有凭证的签发方可以执行此操作。",
  },
  Credentials_DeadlineOver: {
    en: "The signed credential was not submitted in time.",
    zh: "已签名的凭证未在期限内提交。",
  },
  Credentials_NonceSpent: {
    en: "The issuer's signature was used or cancelled before.",
    zh: "签发方的该签名已被使用或已取消。",
  },
  Credentials_BadSignature: { en: "The issuer has not signed this credential.", zh: "签发方没有签署此凭证。" },

  // Currencies
  Currencies_AlreadyAdmitted: { en: "This currency has been admitted already.", zh: "该结算币种已经获准使用。" },
  Currencies_NotAdmitted: { en: "This currency has not been admitted.", zh: "该结算币种未获准使用。" },
  Currencies_TooFewDecimals: {
    en: "The currency has too few decimals: holders would lose revenue to rounding.",
    zh: "该币种的小数位数过少，取整会使持有人损失收益。",
  },
  Currencies_TooManyDecimals: {
    en: "The currency has too many decimals: an asset's revenue total would soon be full.",
    zh: "该币种的小数位数过多，数据资产的收益总额很快就会达到上限。",
  },
  Currencies_NothingToProbe: {
    en: "Give an amount other than zero to try the currency with.",
    zh: "请提供一个非零金额，用于试验该币种。",
  },
  Currencies_TransferFee: {
    en: "Less of the currency arrived than was sent: currencies with a transfer fee are refused.",
    zh: "收到的金额少于发送的金额：不接受收取转账费的币种。",
  },

  // Assets
  Assets_NotHolder: { en: "Only the holder of the asset may do this.", zh: "只有数据资产的持有方可以执行此操作。" },
  Assets_NotOperator: { en: "Only the operator of the asset may do this.", zh: "只有数据资产的运营方可以执行此操作。" },
  Assets_Unknown: { en: "No such asset is registered.", zh: "没有登记这样的数据资产。" },
  Assets_AlreadyRegistered: { en: "This asset is registered already.", zh: "该数据资产已经登记。" },
  Assets_NotInForce: {
    en: "The asset is suspended or retired, which does not allow this.",
    zh: "该数据资产已暂停或已终止，不允许此操作。",
  },
  Assets_Suspended: {
    en: "A supervisor has suspended this asset for a time.",
    zh: "监管方已暂停该数据资产，到期自动恢复。",
  },
  Assets_UnderNotice: {
    en: "This registration is still under public notice; its fractions move once that is over.",
    zh: "该登记尚在公示期，公示结束后份额方可转让。",
  },
  Assets_OnlyOffice: { en: "Only the office in charge of this may do it.", zh: "只有负责该事项的合约可以执行此操作。" },
  Assets_NoSuccessor: { en: "No successor has been recorded for this account.", zh: "该账户没有已登记的继任账户。" },
  Assets_NotPayee: {
    en: "Only the account itself or its recorded successor may draw this.",
    zh: "只有账户本人或其已登记的继任账户可以提取。",
  },
  Assets_Inactive: { en: "This account is not an active participant.", zh: "该账户不是有效的参与方。" },
  Assets_NoFractions: { en: "An asset needs at least one fraction.", zh: "数据资产至少要有一个份额。" },
  Assets_CurrencyNotAdmitted: {
    en: "Assets cannot be registered in this currency: it has not been admitted.",
    zh: "该结算币种未获准使用，不能用于登记数据资产。",
  },
  Assets_RoyaltyTooHigh: { en: "The royalty is above what is allowed.", zh: "版税高于允许的上限。" },
  Assets_PolicyRefused: {
    en: "The policy of the asset does not allow this transfer.",
    zh: "该数据资产的规则不允许此次转让。",
  },
  Assets_EmptyRelease: {
    en: "A release needs a root and a key commitment.",
    zh: "版本必须包含数据根和密钥承诺。",
  },
  Assets_AlreadySealed: {
    en: "This holder has used this root or key commitment before.",
    zh: "该持有方已经使用过这个数据根或密钥承诺。",
  },
  Assets_ParentReleases: {
    en: "Name one release for each parent of the asset.",
    zh: "请为数据资产的每个上游资产各指明一个版本。",
  },
  Assets_ReleaseUnknown: { en: "The asset has no release of this number.", zh: "该数据资产没有此编号的版本。" },
  Assets_TooManyParents: { en: "The asset has more parents than are allowed.", zh: "上游资产的数量超过上限。" },
  Assets_ParentsShareTooHigh: {
    en: "The parents' shares of the revenue are together above what is allowed.",
    zh: "上游资产的收益分成合计超过上限。",
  },
  Assets_ParentTwice: { en: "The same parent is named twice.", zh: "同一上游资产被列出两次。" },
  Assets_ParentCurrency: {
    en: "A derived asset settles in the currency of its parents.",
    zh: "衍生资产必须使用与上游资产相同的结算币种。",
  },
  Assets_NothingToDistribute: { en: "There is no revenue to distribute.", zh: "没有可分配的收益。" },
  Assets_CurrencyShort: {
    en: "Less of the currency arrived than was to be paid.",
    zh: "实际收到的金额少于应付金额。",
  },
  Assets_NothingToClaim: { en: "This account has no revenue to claim.", zh: "该账户没有可领取的收益。" },
  Assets_NothingToWithdraw: {
    en: "Nothing waits for this account in this currency.",
    zh: "该账户在此币种下没有可提取的金额。",
  },
  Holdings_TooManyUnits: {
    en: "The account would hold more fractions than can be recorded.",
    zh: "该账户持有的份额将超出可记录的上限。",
  },

  // Consents to derived assets
  Consents_Missing: {
    en: "Each parent needs an entry with its operator's consent.",
    zh: "每个上游资产都需要其运营方的同意。",
  },
  Consents_Inactive: {
    en: "The operator of a parent is not an active participant, so its consent does not count.",
    zh: "上游资产的运营方不是有效的参与方，其同意无效。",
  },
  Consents_Expired: {
    en: "The operator's consent to the derived asset has expired.",
    zh: "运营方对衍生资产的同意已经过期。",
  },
  Consents_BadSignature: {
    en: "The operator of the parent has not signed for this derived asset.",
    zh: "上游资产的运营方没有为该衍生资产签署同意。",
  },

  // Policies
  CredentialPolicy_SchemaCount: {
    en: "Name at least one schema, and not more than are allowed.",
    zh: "请至少指明一个凭证模式，且不超过上限。",
  },
  CredentialPolicy_Missing: {
    en: "The receiver lacks a credential that this asset asks for.",
    zh: "接收方缺少该数据资产要求的凭证。",
  },
  VenuePolicy_NotAContract: {
    en: "Fractions of this asset move only through a contract that is an approved venue.",
    zh: "该数据资产的份额只能通过经批准的交易场所合约转移。",
  },
  VenuePolicy_NotApproved: {
    en: "This venue has no valid approval for the asset.",
    zh: "该交易场所没有适用于此数据资产的有效批准。",
  },
  HolderCapPolicy_Full: { en: "The asset has as many holders as it may have.", zh: "该数据资产的持有人数已达上限。" },
  LockUpPolicy_TooLong: {
    en: "A lock-up may last for four years at most.",
    zh: "锁定期最长为四年。",
  },
  LockUpPolicy_Running: {
    en: "Fractions of this asset are locked up until a later date.",
    zh: "该数据资产的份额仍在锁定期内。",
  },
  JurisdictionPolicy_DomainUnknown: {
    en: "This domain has not been opened, so it has no profile.",
    zh: "该域尚未开设，不能设定规则。",
  },
  JurisdictionPolicy_Closed: {
    en: "The domain of one party is closed to transfers.",
    zh: "其中一方所属的域不允许转让。",
  },
  JurisdictionPolicy_VenueNotApproved: {
    en: "The domain of one party demands an approved venue.",
    zh: "其中一方所属的域要求通过经批准的交易场所。",
  },
  JurisdictionPolicy_NotInSandbox: {
    en: "The domain of one party admits transfers within the sandbox only.",
    zh: "其中一方所属的域只允许沙盒内的参与方之间转让。",
  },
  CombinedPolicy_Count: {
    en: "Combine at least one policy, and not more than are allowed.",
    zh: "请至少组合一条规则，且不超过上限。",
  },
  CombinedPolicy_NotAPolicy: {
    en: "This contract does not answer as a policy does.",
    zh: "该合约的应答不符合规则接口。",
  },

  // Journals and lineage
  Provenance_Inactive: { en: "Only an active participant may write journals.", zh: "只有有效的参与方可以写入存证。" },
  Provenance_StreamExists: { en: "The account has a journal of this name already.", zh: "该账户已有同名的存证流。" },
  Provenance_StreamUnknown: { en: "This journal has not been opened.", zh: "该存证流尚未开设。" },
  Provenance_EmptyBatch: { en: "A batch needs at least one record.", zh: "一个批次至少要有一条记录。" },
  Provenance_NotARelease: {
    en: "The asset did not publish this release under this number.",
    zh: "该数据资产没有以此编号发布过这个版本。",
  },
  Provenance_NoLimit: { en: "Ask for at least one asset.", zh: "查询数量至少为一。" },

  // Market
  Market_ZeroAddress: { en: "The market fee needs a receiver.", zh: "必须指定市场费用的收款方。" },
  Market_FeeTooHigh: { en: "The market fee is above what is allowed.", zh: "市场费用高于允许的上限。" },
  Market_NotMaker: { en: "Only the maker of the order may do this.", zh: "只有委托的发出方可以执行此操作。" },
  Market_NotTaker: { en: "The order is meant for another buyer or seller.", zh: "该委托指定了其他交易对手。" },
  Market_SelfTrade: { en: "An account cannot trade with itself.", zh: "账户不能与自己交易。" },
  Market_Expired: { en: "The order has expired.", zh: "该委托已经过期。" },
  Market_EpochOver: {
    en: "The maker has cancelled all orders of that time, or signed for another epoch.",
    zh: "发出方已撤销该时期的全部委托，或委托属于其他时期。",
  },
  Market_Cancelled: { en: "The maker has cancelled the order.", zh: "发出方已撤销该委托。" },
  Market_AlreadyPosted: { en: "This order has been posted already.", zh: "该委托已经公布。" },
  Market_BadSignature: { en: "The maker has not signed this order.", zh: "发出方没有签署该委托。" },
  Market_NoUnits: { en: "Trade at least one fraction.", zh: "至少交易一个份额。" },
  Market_NotEnoughLeft: { en: "Less is left of the order than was asked for.", zh: "该委托的剩余份额不足。" },
  Market_BelowMinimum: { en: "The order asks for a larger trade.", zh: "交易份额低于该委托的最低要求。" },
  Market_PolicyChanged: {
    en: "The policy of the asset is another one than the maker signed for.",
    zh: "数据资产的规则已不是发出方签署时的版本。",
  },
  Market_FeeAboveOrder: { en: "The market fee is above what the maker accepts.", zh: "市场费用高于发出方接受的上限。" },
  Market_RoyaltyAboveOrder: { en: "The royalty is above what the maker accepts.", zh: "版税高于发出方接受的上限。" },
  Market_DueAboveOrder: {
    en: "More revenue waits for distribution than the maker accepts.",
    zh: "待分配的收益高于发出方接受的上限。",
  },
  Market_PriceAboveLimit: { en: "The price is above the buyer's limit.", zh: "价格高于买方的限额。" },
  Market_ProceedsBelowLimit: { en: "The seller would receive less than its limit.", zh: "卖方所得低于其限额。" },
  Market_PaymentFailed: {
    en: "The buyer has too little of the currency, or has not allowed the market to take it.",
    zh: "买方余额不足，或未授权市场扣款。",
  },
  Market_NothingFilled: { en: "None of the orders could be filled.", zh: "没有任何委托可以成交。" },
  Market_GasTooLow: {
    en: "The transaction needs more gas for this many orders.",
    zh: "委托数量较多，交易需要更多燃料（gas）。",
  },
  Market_OnlyItself: { en: "Only the market itself may call this.", zh: "只有市场合约自身可以调用。" },
  Market_NotCrossing: {
    en: "The two orders do not meet: another asset, or the bid is below the ask.",
    zh: "两份委托无法匹配：资产不同，或买价低于卖价。",
  },
  Market_WrongSide: {
    en: "One order has to sell and the other has to buy.",
    zh: "必须一份为卖出委托，另一份为买入委托。",
  },
  Market_Unexplained: {
    en: "The trade failed without a reason: too little gas, or a contract that gives none.",
    zh: "交易失败且没有给出原因：燃料（gas）不足，或对方合约未说明原因。",
  },

  // Example vault
  Vault_NotOwner: { en: "Only the owner of the vault may do this.", zh: "只有金库的所有者可以执行此操作。" },

  // Fractions (ERC-6093 for ERC-1155, ERC-7943)
  ERC1155InsufficientBalance: { en: "The account holds fewer fractions than that.", zh: "该账户持有的份额不足。" },
  ERC1155InvalidApprover: { en: "This account cannot give an approval.", zh: "该账户不能授权。" },
  ERC1155InvalidArrayLength: { en: "The two lists differ in length.", zh: "两个列表的长度不一致。" },
  ERC1155InvalidOperator: { en: "The zero address cannot be approved.", zh: "不能授权给零地址。" },
  ERC1155InvalidReceiver: { en: "The receiver cannot take fractions.", zh: "接收方不能接收份额。" },
  ERC1155InvalidSender: { en: "This account cannot send fractions.", zh: "该账户不能发送份额。" },
  ERC1155MissingApprovalForAll: {
    en: "The owner of the fractions has not approved this account to move them.",
    zh: "份额所有者未授权该账户转移份额。",
  },
  ERC7943CannotSend: { en: "The sender is not an active participant.", zh: "转出方不是有效的参与方。" },
  ERC7943CannotReceive: { en: "The receiver is not an active participant.", zh: "接收方不是有效的参与方。" },
  ERC7943CannotTransfer: { en: "The rules do not allow this transfer.", zh: "规则不允许此次转让。" },
  ERC7943InsufficientUnfrozenBalance: {
    en: "Some of these fractions are frozen, or locked for a vote; fewer can be moved.",
    zh: "部分份额已被冻结或因投票锁定，可转移的份额不足。",
  },

  // Currencies that follow ERC-20 (ERC-6093, ERC-2612, ERC-3009)
  ERC20InsufficientAllowance: { en: "The spender has not been allowed this much.", zh: "授权额度不足。" },
  ERC20InsufficientBalance: { en: "The account has less of the currency than that.", zh: "该账户余额不足。" },
  ERC20InvalidApprover: { en: "This account cannot give an allowance.", zh: "该账户不能授权额度。" },
  ERC20InvalidReceiver: { en: "The receiver cannot take the currency.", zh: "接收方不能接收该币种。" },
  ERC20InvalidSender: { en: "This account cannot send the currency.", zh: "该账户不能发送该币种。" },
  ERC20InvalidSpender: { en: "This account cannot be given an allowance.", zh: "不能向该账户授权额度。" },
  ERC2612ExpiredSignature: { en: "The signed allowance has expired.", zh: "签名授权已经过期。" },
  ERC2612InvalidSigner: { en: "The allowance was signed by another account.", zh: "授权由其他账户签署。" },
  ERC3009InvalidAuthorizationTime: {
    en: "The signed payment is not valid yet, or no longer.",
    zh: "签名付款尚未生效或已经失效。",
  },
  ERC3009InvalidSignature: { en: "The payer has not signed this payment.", zh: "付款方没有签署此付款。" },
  ERC3009UsedAuthorization: {
    en: "The signed payment was used or cancelled before.",
    zh: "签名付款已被使用或已取消。",
  },
  InvalidAccountNonce: { en: "The signature is for another number in sequence.", zh: "签名使用了错误的序号。" },
  SafeERC20FailedOperation: { en: "The currency refused the payment.", zh: "该币种拒绝了付款。" },

  // Roles and delays (AccessManager)
  AccessManagedInvalidAuthority: { en: "The authority has to be a contract.", zh: "权限管理方必须是合约。" },
  AccessManagedRequiredDelay: {
    en: "The account has the role, but has to schedule this call first.",
    zh: "该账户拥有此角色，但必须先预约再执行。",
  },
  AccessManagedUnauthorized: { en: "The account lacks the role for this call.", zh: "该账户没有执行此操作的角色。" },
  AccessManagerAlreadyScheduled: { en: "This call is scheduled already.", zh: "该操作已经预约。" },
  AccessManagerBadConfirmation: {
    en: "A role is renounced only by its own member.",
    zh: "只有角色成员本人可以放弃角色。",
  },
  AccessManagerExpired: { en: "The scheduled call was not made in time.", zh: "预约的操作已经过期。" },
  AccessManagerInvalidInitialAdmin: {
    en: "The first administrator cannot be the zero address.",
    zh: "初始管理员不能是零地址。",
  },
  AccessManagerLockedFunction: { en: "The role of this function cannot be changed.", zh: "该函数的角色不能更改。" },
  AccessManagerLockedRole: { en: "This role cannot be changed.", zh: "该角色不能更改。" },
  AccessManagerNotReady: { en: "The delay of the scheduled call is not over.", zh: "预约操作的等待期未满。" },
  AccessManagerNotScheduled: { en: "This call has not been scheduled.", zh: "该操作没有预约。" },
  AccessManagerUnauthorizedAccount: { en: "The account lacks the role that this takes.", zh: "该账户没有所需的角色。" },
  AccessManagerUnauthorizedCall: { en: "The account may not make this call.", zh: "该账户不能执行此调用。" },
  AccessManagerUnauthorizedCancel: {
    en: "Only the caller who scheduled, a guardian or an administrator may cancel.",
    zh: "只有预约方、监护方或管理员可以取消。",
  },
  AccessManagerUnauthorizedConsume: {
    en: "This contract does not consume scheduled calls.",
    zh: "该合约不使用预约操作。",
  },

  // The offices of the register
  Offices_NoRegister: { en: "Name the register that this office serves.", zh: "请指明该合约所服务的登记簿。" },
  Offices_RegisterAlreadySet: {
    en: "This office serves a register already, and cannot change it.",
    zh: "该合约已绑定登记簿，不能更改。",
  },
  Offices_NotRegister: { en: "Only the register may call this.", zh: "只有登记簿合约可以调用。" },
  Policies_NoCode: {
    en: "There is no contract at this address, so it cannot be a policy.",
    zh: "该地址没有合约，不能作为转让规则。",
  },
  Policies_Unknown: { en: "There is no policy with this number.", zh: "没有该编号的转让规则。" },
  Policies_NotProposed: {
    en: "No other policy has been announced for this asset.",
    zh: "该数据资产没有已公告的新转让规则。",
  },
  Policies_ProposalExpired: {
    en: "This announcement has expired: the policy has to be announced again.",
    zh: "该公告已经失效，须重新公告。",
  },
  Policies_NothingToEnd: {
    en: "The asset is under no policy that its operator could end.",
    zh: "该数据资产没有可由运营方终止的转让规则。",
  },
  Policies_NoticeRunning: {
    en: "The notice of the announced policy is still running.",
    zh: "新转让规则的公告期尚未结束。",
  },
  Policies_NotHolder: {
    en: "The list of holders must name each holder once, in ascending order.",
    zh: "持有人名单须按升序排列，每个持有人只列一次。",
  },
  Policies_HoldersMissing: { en: "The list of holders is not complete.", zh: "持有人名单不完整。" },
  Notice_WindowTooLong: { en: "This window is longer than the limit.", zh: "该期限超过上限。" },
  Notice_NoDecisionWindow: {
    en: "A public notice needs a time in which objections are decided.",
    zh: "设置公示期时必须同时设置异议处理期限。",
  },
  Notice_NotUnderNotice: { en: "This registration has no public notice.", zh: "该登记没有公示程序。" },
  Notice_Over: { en: "The public notice is over; objections are no longer taken.", zh: "公示期已结束，不再受理异议。" },
  Notice_StruckOff: { en: "The registration has been struck off already.", zh: "该登记已被撤销。" },
  Notice_AlreadyClosed: { en: "This notice has been closed already.", zh: "该公示已经办结。" },
  Notice_Running: { en: "The public notice is not over yet.", zh: "公示尚未结束。" },
  Notice_Inactive: { en: "Only active participants may do this.", zh: "只有有效的参与方可以执行此操作。" },
  Notice_OwnAsset: { en: "A holder cannot object to its own registration.", zh: "持有人不能对自己的登记提出异议。" },
  Notice_NoReason: {
    en: "State a reason: give the hash of the statement.",
    zh: "请说明理由，并提供理由文书的哈希值。",
  },
  Notice_DepositShort: { en: "The deposit arrived short.", zh: "收到的保证金不足。" },
  Notice_ObjectionUnknown: { en: "There is no objection with this number.", zh: "没有该编号的异议。" },
  Notice_ObjectionEnded: { en: "This objection has ended already.", zh: "该异议已经办结。" },
  Notice_NotRegistrar: {
    en: "Only the registrar of the asset's domain decides objections.",
    zh: "只有该数据资产所属域的登记机构可以裁定异议。",
  },
  Notice_Conflict: { en: "A registrar cannot decide in its own case.", zh: "登记机构不能裁定与自身有关的异议。" },
  Notice_DecisionOverdue: {
    en: "The time to decide this objection is over: it lapses.",
    zh: "裁定期限已过，该异议失效。",
  },
  Notice_NotOverdue: { en: "This objection can still be decided.", zh: "该异议仍在裁定期限内。" },
  Notice_ReleaseUnknown: {
    en: "This is not the release that was published under that number.",
    zh: "该内容与所述编号的已发布版本不符。",
  },
  Notice_NotInRelease: { en: "The opened block does not belong to this release.", zh: "所出示的数据块不属于该版本。" },
  Notice_NotEarlier: {
    en: "The other asset was not registered before this one.",
    zh: "另一数据资产的登记并不早于本资产。",
  },
  Notice_NotObjector: { en: "Only who made this objection may do this.", zh: "只有提出该异议的参与方可以执行此操作。" },
  Notice_NotPayee: {
    en: "Only the account itself or its recorded successor may draw this deposit.",
    zh: "只有账户本人或其已登记的继任账户可以提取该保证金。",
  },
  Notice_NothingToWithdraw: { en: "There is no deposit to draw.", zh: "没有可提取的保证金。" },
  Supervision_NoReason: {
    en: "State a reason: give the hash of the statement.",
    zh: "请说明理由，并提供理由文书的哈希值。",
  },
  Supervision_NoUnits: { en: "Say how many units to freeze.", zh: "请指明要冻结的份额数量。" },
  Supervision_NotFrozen: { en: "No units of this account are frozen.", zh: "该账户没有被冻结的份额。" },
  Supervision_NotSuspended: { en: "This asset is not suspended.", zh: "该数据资产未被暂停。" },
  Supervision_NotOver: { en: "The suspension is not over yet.", zh: "暂停期尚未结束。" },
  Supervision_NotRegistrar: {
    en: "Only the registrar of the owner's domain may do this.",
    zh: "只有份额持有人所属域的登记机构可以执行此操作。",
  },
  Supervision_AlreadyProposed: { en: "This move has been proposed already.", zh: "该强制划转已经提出。" },
  Supervision_NotProposed: { en: "This move has not been proposed.", zh: "该强制划转尚未提出。" },
  Supervision_TooEarly: { en: "The window of this proposal is still running.", zh: "该提议的等待期尚未结束。" },
  Supervision_Expired: { en: "The proposal has expired.", zh: "该提议已过有效期。" },
  Supervision_RegistrarChanged: {
    en: "The registrar who proposed this is no longer in charge; the present one must propose it again.",
    zh: "提出该事项的登记机构已被更换，须由现任登记机构重新提出。",
  },
  Supervision_SamePerson: {
    en: "Two must act: who proposed a move cannot carry it out.",
    zh: "须由两方共同办理，提出者不能自行执行。",
  },
  Votes_Inactive: {
    en: "Voters and candidates must be active participants.",
    zh: "投票人和候选人必须是有效的参与方。",
  },
  Votes_OperatorAlready: { en: "This candidate is the operator already.", zh: "该候选人已经是运营方。" },
  Votes_NoUnits: { en: "Say how many units to lock for the candidate.", zh: "请指明为候选人锁定的份额数量。" },
  Votes_NotEnoughFree: { en: "The account has too few units that are not frozen.", zh: "该账户未冻结的份额不足。" },
  Votes_NothingLocked: { en: "The account has locked no units.", zh: "该账户没有锁定的份额。" },
  Votes_NoMajority: { en: "No candidate has more than half of all units.", zh: "没有候选人获得半数以上的份额。" },
  Votes_WindowRunning: { en: "The majority has not lasted long enough yet.", zh: "多数票的持续时间尚未达到要求。" },
  Certificates_NotRegistrar: {
    en: "Only the registrar of the domain may do this.",
    zh: "只有该域的登记机构可以执行此操作。",
  },
  Certificates_NotRegistered: {
    en: "There is no registration in force to certify.",
    zh: "没有有效的登记，不能颁发登记凭证。",
  },
  Certificates_UnderNotice: { en: "This registration is still under public notice.", zh: "该登记尚在公示期。" },
  Certificates_AlreadyIssued: {
    en: "This registration has a certificate already; renew it.",
    zh: "该登记已有登记凭证，请办理续期。",
  },
  Certificates_NotIssued: { en: "This registration has no certificate.", zh: "该登记没有登记凭证。" },
  Certificates_TermInvalid: {
    en: "The term must be longer than zero and within the limit.",
    zh: "有效期必须大于零且不超过上限。",
  },
  Certificates_NotLater: {
    en: "The new term would end no later than the present one.",
    zh: "新的有效期并不晚于现有有效期。",
  },
  Certificates_NoReason: {
    en: "State a reason: give the hash of the statement.",
    zh: "请说明理由，并提供理由文书的哈希值。",
  },

  // Licences and their money
  Licences_ZeroAddress: { en: "The zero address cannot have this part.", zh: "零地址不能担任此角色。" },
  Licences_NotOperator: { en: "Only the asset's operator may do this.", zh: "只有该数据资产的运营方可以执行此操作。" },
  Licences_NotLicensee: {
    en: "Only the licensee of the agreement may do this.",
    zh: "只有许可协议的被许可方可以执行此操作。",
  },
  Licences_NotCustodian: {
    en: "Only the custodian of the licence may do this.",
    zh: "只有该许可的保管方可以执行此操作。",
  },
  Licences_OnlyDisputes: { en: "Only the contract of disputes may do this.", zh: "只有争议合约可以执行此操作。" },
  Licences_OnlySubscriptions: {
    en: "Only the contract of subscriptions may do this.",
    zh: "只有订阅合约可以执行此操作。",
  },
  Licences_AlreadyConnected: {
    en: "Disputes and subscriptions have been connected already.",
    zh: "争议合约和订阅合约已经设定。",
  },
  Licences_OfferExpired: { en: "The offer has expired.", zh: "该要约已经过期。" },
  Licences_OfferCancelled: { en: "The operator has cancelled the offer.", zh: "运营方已撤销该要约。" },
  Licences_OfferAlreadyPosted: { en: "This offer has been posted already.", zh: "该要约已经公布。" },
  Licences_BadSignature: {
    en: "The operator has neither signed nor posted this offer.",
    zh: "运营方既没有签署也没有公布该要约。",
  },
  Licences_PolicyChanged: {
    en: "The transfer rules of the asset have changed since the offer.",
    zh: "要约发出后，该数据资产的转让规则已经变更。",
  },
  Licences_FeeAboveOffer: { en: "The market fee is above what the offer accepts.", zh: "市场费用高于要约接受的上限。" },
  Licences_FeeTooHigh: { en: "The market fee is above what is allowed.", zh: "市场费用高于允许的上限。" },
  Licences_AssetNotOffered: {
    en: "The asset is not registered or is suspended: no licences are sold.",
    zh: "该数据资产未在登记状态或已被暂停，不能出售许可。",
  },
  Licences_ReleaseUnknown: { en: "There is no such release of the asset.", zh: "该数据资产没有此版本。" },
  Licences_ReleaseFaulty: {
    en: "This release was shown to be other than what was registered.",
    zh: "该版本已被证明与登记内容不符。",
  },
  Licences_WindowTooShort: {
    en: "The time to deliver or to dispute is shorter than the network allows.",
    zh: "交付期或争议期短于网络规定的下限。",
  },
  Licences_WindowTooLong: {
    en: "The time to deliver or to dispute is longer than allowed.",
    zh: "交付期或争议期长于允许的上限。",
  },
  Licences_Inactive: { en: "The account is not an active participant.", zh: "该账户不是有效的参与方。" },
  Licences_CredentialMissing: {
    en: "The licensee lacks the credential that the offer asks for.",
    zh: "被许可方缺少要约要求的凭证。",
  },
  Licences_KeyNotOnCurve: {
    en: "The key is not a usable point of the curve secp256k1.",
    zh: "该密钥不是 secp256k1 曲线上可用的点。",
  },
  Licences_AlreadyBought: {
    en: "This agreement has been bought already; take another number.",
    zh: "该许可协议已经成交，请更换编号。",
  },
  Licences_WrongStatus: { en: "The licence's present state does not allow this.", zh: "许可当前的状态不允许此操作。" },
  Licences_WrongTier: {
    en: "The licence hands the data over, or lets compute only; this is the other kind.",
    zh: "该许可的使用方式（交付数据或仅限计算）与此操作不符。",
  },
  Licences_DeliveryOver: { en: "The time to deliver the key is over.", zh: "密钥交付期已过。" },
  Licences_DeliveryOpen: { en: "The key can still be delivered in time.", zh: "密钥交付期尚未结束。" },
  Licences_DisputeOpen: { en: "The licensee can still object.", zh: "争议期尚未结束。" },
  Licences_DisputeOver: { en: "The time to object is over.", zh: "争议期已过。" },
  Licences_AnswerOpen: { en: "The custodian can still show the block.", zh: "保管方仍可在期限内出示数据块。" },
  Licences_AnswerOver: { en: "The time to show the block is over.", zh: "出示数据块的期限已过。" },
  Licences_LengthsDiffer: { en: "Give one delivery for each licence.", zh: "每个许可须对应一次交付。" },
  Licences_BondTooSmall: { en: "The custodian's free bond is too small.", zh: "保管方可用的保证金不足。" },
  Licences_NoReason: {
    en: "State a reason: give the hash of the statement.",
    zh: "请说明理由，并提供理由文书的哈希值。",
  },
  Licences_Over: { en: "The licence is over.", zh: "该许可已经到期。" },
  Licences_NotMetered: { en: "The licence does not count uses.", zh: "该许可不计使用次数。" },
  Licences_QuotaExceeded: { en: "Fewer uses are left than were asked for.", zh: "剩余使用次数不足。" },
  Licences_NothingToConsume: { en: "Count at least one use.", zh: "至少计一次使用。" },
  Licences_OtherTerms: {
    en: "A renewal is for the same licensee, asset, release and kind of access.",
    zh: "续期须针对同一被许可方、数据资产、版本和使用方式。",
  },
  Licences_None: { en: "The account has no licence to this asset.", zh: "该账户没有此数据资产的许可。" },
  Licences_NotSettled: { en: "The licence is not in force.", zh: "该许可未生效。" },
  Licences_OfSubscription: {
    en: "The licence belongs to a subscription: revoke the subscription.",
    zh: "该许可属于某项订阅，请撤销该订阅。",
  },
  Payments_NotPayee: {
    en: "Only the account itself or its recorded successor may draw this amount.",
    zh: "只有账户本人或其已登记的继任账户可以提取该款项。",
  },
  Payments_NothingToWithdraw: { en: "There is nothing to draw in this currency.", zh: "没有可提取的该币种款项。" },
  Payments_CurrencyShort: { en: "Less of the currency arrived than was due.", zh: "到账金额少于应付金额。" },

  // Disputes
  Disputes_OtherRelease: { en: "This is not what was registered as the release.", zh: "该内容与登记的版本不符。" },
  Disputes_OtherDelivery: {
    en: "This is not what was delivered on the licence.",
    zh: "该内容与该许可的实际交付不符。",
  },
  Disputes_BadProof: {
    en: "The proof does not show the secret of this delivery.",
    zh: "该证明未能证实此次交付的共享秘密。",
  },
  Disputes_KeyIsRight: {
    en: "The delivered key is the one that the release is sealed with.",
    zh: "所交付的密钥与该版本的封装密钥一致。",
  },
  Disputes_KeyIsWrong: {
    en: "The delivered key is not the release's: dispute the key, not its content.",
    zh: "所交付的密钥并非该版本的密钥，应就密钥而非内容提出争议。",
  },
  Disputes_NotStored: {
    en: "The block does not belong at this place of the release.",
    zh: "该数据块不属于该版本的此位置。",
  },
  Disputes_NoSuchBlock: { en: "The release has no block of this number.", zh: "该版本没有此编号的数据块。" },
  Disputes_OtherBlock: { en: "Another block was demanded.", zh: "所要求的是另一数据块。" },
  Disputes_BlockIsRight: { en: "The block is what its commitment says.", zh: "该数据块与其承诺一致。" },
  Disputes_NotLicensee: { en: "Only the licensee may demand a block.", zh: "只有被许可方可以要求出示数据块。" },
  Disputes_NotCustodian: { en: "Only the custodian may show the block.", zh: "只有保管方可以出示数据块。" },

  // Derivation
  Derivation_EvidenceCount: { en: "Give one piece of evidence for each parent.", zh: "每个上游资产须各提供一项依据。" },
  Derivation_EvidenceUnreadable: {
    en: "The evidence is not in the form that the gate documents.",
    zh: "所提供的依据不符合规定格式。",
  },
  Derivation_EntryUnreadable: {
    en: "The evidence for this parent is not in the form that the gate documents.",
    zh: "该上游资产的依据不符合规定格式。",
  },
  Derivation_NoEvidence: {
    en: "The derived asset needs a licence of this parent, or its operator's consent.",
    zh: "衍生资产须取得该上游资产的许可或其运营方的同意。",
  },
  Derivation_OtherAsset: { en: "The licence is for another asset.", zh: "该许可针对另一数据资产。" },
  Derivation_OtherLicensee: { en: "The licence is somebody else's.", zh: "该许可属于他人。" },
  Derivation_NotPermitted: { en: "The licence does not permit derivation.", zh: "该许可不允许衍生。" },
  Derivation_NotSettled: { en: "The licence is not settled.", zh: "该许可尚未结算。" },
  Derivation_LicenceOver: { en: "The licence is over.", zh: "该许可已经到期。" },

  // Subscriptions
  Subscriptions_NotLicensee: { en: "Only the subscriber may do this.", zh: "只有订阅方可以执行此操作。" },
  Subscriptions_NotOperator: {
    en: "Only the asset's operator may do this.",
    zh: "只有该数据资产的运营方可以执行此操作。",
  },
  Subscriptions_OfferExpired: { en: "The plan has expired.", zh: "该订阅方案已经过期。" },
  Subscriptions_OfferCancelled: { en: "The operator has cancelled the plan.", zh: "运营方已撤销该订阅方案。" },
  Subscriptions_BadSignature: {
    en: "The operator has neither signed nor posted this plan.",
    zh: "运营方既没有签署也没有公布该订阅方案。",
  },
  Subscriptions_Inactive: { en: "The account is not an active participant.", zh: "该账户不是有效的参与方。" },
  Subscriptions_PlanAlreadyPosted: { en: "This plan has been posted already.", zh: "该订阅方案已经公布。" },
  Subscriptions_BadTerm: {
    en: "The term must be longer than zero, and term and duration within a hundred years.",
    zh: "订阅期必须大于零，订阅期和许可期限均不得超过一百年。",
  },
  Subscriptions_ComputeOnly: {
    en: "A subscription hands keys over; for computing alone buy a licence.",
    zh: "订阅以交付密钥为前提；仅限计算的使用请购买许可。",
  },
  Subscriptions_AlreadySubscribed: {
    en: "This subscription exists already; take another number.",
    zh: "该订阅已经存在，请更换编号。",
  },
  Subscriptions_WrongStatus: {
    en: "There is no such subscription, or it was closed.",
    zh: "没有此订阅，或该订阅已经关闭。",
  },
  Subscriptions_Over: { en: "The subscription is over.", zh: "该订阅已经结束。" },
  Subscriptions_KeyPending: { en: "The last key is not settled yet.", zh: "上一次交付的密钥尚未结算。" },
  Subscriptions_NotNext: { en: "Another release comes next.", zh: "下一个应交付的是另一版本。" },
  Subscriptions_NotOver: { en: "The subscription is still running.", zh: "该订阅尚未结束。" },
  Subscriptions_NoReason: {
    en: "State a reason: give the hash of the statement.",
    zh: "请说明理由，并提供理由文书的哈希值。",
  },

  // What libraries can add
  AddressEmptyCode: { en: "There is no contract at this address.", zh: "该地址没有合约。" },
  ECDSAInvalidSignature: { en: "The signature is not valid.", zh: "签名无效。" },
  ECDSAInvalidSignatureLength: { en: "The signature has a wrong length.", zh: "签名长度错误。" },
  ECDSAInvalidSignatureS: { en: "The signature is not in its canonical form.", zh: "签名不是规范形式。" },
  FailedCall: { en: "The call failed without a reason.", zh: "调用失败且没有给出原因。" },
  InsufficientBalance: {
    en: "The contract has too little of the chain's own currency.",
    zh: "合约的链上原生币余额不足。",
  },
  InvalidShortString: { en: "A name is too long for its place.", zh: "名称过长。" },
  ReentrancyGuardReentrantCall: {
    en: "A contract tried to call back in the middle of a call.",
    zh: "合约在调用过程中试图重入。",
  },
  SafeCastOverflowedUintDowncast: { en: "A number is too large for its place.", zh: "数值超出可表示的范围。" },
  StringTooLong: { en: "A name is too long for its place.", zh: "名称过长。" },
} as const satisfies Record<string, Sentence>;

/** What Solidity itself reverts with. */
export const builtIn = {
  Error: { en: "The call was refused with a message.", zh: "调用被拒绝，并附有说明。" },
  Panic: { en: "The call failed on an arithmetic or internal error.", zh: "调用因算术错误或内部错误而失败。" },
} as const satisfies Record<string, Sentence>;
