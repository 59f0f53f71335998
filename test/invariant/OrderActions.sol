// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {UnitActions} from "./UnitActions.sol";

/// @notice Orders signed, posted, filled, matched and cancelled, with notes of what was filled and what was called off.
abstract contract OrderActions is UnitActions {
    struct OrderNotes {
        Order order;
        bytes signature;
        uint256 filled;
    }

    uint256 private constant MAX_ORDERS = 64;

    OrderNotes[] internal book;
    uint64 internal signed;
    mapping(address maker => mapping(uint64 nonce => bool)) internal calledOff;
    mapping(address maker => uint32) internal epochs;

    bool public filledWhenDead;
    bool public overfilled;
    bool public paymentOff;

    function sign(uint256 person, uint256 asset, uint256 amount, uint8 price, bool buy, bool post) external {
        if (ids.length == 0) return;
        uint256 maker = person % PEOPLE;
        Order memory order = sampleOrder(people[maker], assetAt(asset), buy ? Side.Buy : Side.Sell);
        // Fewer than 2^32, so that a price of a byte for each can be funded.
        order.units = uint64(amount % 1_000) + 1;
        order.minFill = uint64((amount >> 64) % 4);
        order.unitPrice = price;
        order.policyVersion = assets.termsOfSale(order.id, 0).policyVersion;
        // Half of the orders expire soon, the others outlast the notices of what they are for.
        uint48 expiry = uint48(block.timestamp + (amount % (amount % 2 == 0 ? 20_000 : 2_000_000)));
        (order.nonce, order.expiry) = _numbered(expiry);
        if (!buy) order.maker = _holderNear(person, asset);
        for (uint256 i = 0; i < PEOPLE; ++i) if (people[i] == order.maker) maker = i;
        order.epoch = epochs[order.maker];
        if (book.length == MAX_ORDERS && !_forgetDead(amount % MAX_ORDERS)) return;
        if (post) {
            bytes4[] memory allowed = new bytes4[](1);
            allowed[0] = IMarketplace.Market_Cancelled.selector;
            if (!attempt("post", order.maker, address(market), abi.encodeCall(market.post, (order)), allowed)) return;
        }
        OrderNotes storage notes = book.push();
        notes.order = order;
        if (!post) notes.signature = signOrder(keyOf(maker), order);
    }

    function fill(uint256 index, uint256 person, uint256 amount) external {
        if (book.length == 0) return;
        OrderNotes storage notes = _orderAt(index);
        Order memory order = notes.order;
        bool selling = order.side == Side.Sell;
        address taker = selling ? personAt(person) : _holderNear(person, AssetId.unwrap(order.id));
        // Mostly somebody else than the maker: else few fills would come about.
        if (taker == order.maker && amount % 8 != 0) taker = personAt((person % PEOPLE) + 1);
        (address seller, address buyer) = selling ? (order.maker, taker) : (taker, order.maker);
        uint64 units = uint64(amount % (order.units + 2));
        Fill memory f = Fill(order, notes.signature, units, selling ? type(uint256).max : 0);
        DemoCurrency money = _fundFor(order, buyer, units);
        uint256 sum = _sumOf(money);
        bytes memory call = abi.encodeCall(market.fill, (f));
        if (!attempt("fill", taker, address(market), call, _fillRefusals())) return;
        _noteFill(notes, units);
        _noteSale(order.id, seller, buyer, units);
        if (_sumOf(money) != sum) paymentOff = true;
    }

    /// @dev Bids for what some order offers, at its price or one below, and matches the two.
    function matchPair(uint256 index, uint256 person, uint256 amount) external {
        if (book.length == 0) return;
        if (book.length == MAX_ORDERS && !_forgetDead(amount % MAX_ORDERS)) return;
        OrderNotes storage sell = _orderAt(index);
        Order memory bid = sell.order;
        uint64 units = uint64(amount % (uint256(bid.units) + 1));
        if (personAt(person) == bid.maker && amount % 8 != 0) person = (person % PEOPLE) + 1;
        bid.maker = personAt(person);
        bid.side = Side.Buy;
        bid.policyVersion = assets.termsOfSale(bid.id, 0).policyVersion;
        if (amount % 8 == 0 && bid.unitPrice != 0) --bid.unitPrice;
        bid.epoch = epochs[bid.maker];
        (bid.nonce, bid.expiry) = _numbered(type(uint48).max - 1);
        OrderNotes storage buy = book.push();
        buy.order = bid;
        buy.signature = signOrder(keyOf(person % PEOPLE), bid);
        _fundFor(sell.order, bid.maker, units);
        bytes memory call = abi.encodeCall(market.matchOrders, (sell.order, sell.signature, bid, buy.signature, units));
        if (!attempt("match", personAt(amount), address(market), call, _fillRefusals())) return book.pop();
        _noteFill(sell, units);
        _noteFill(buy, units);
        _noteSale(bid.id, sell.order.maker, bid.maker, units);
    }

    function cancel(uint256 index, uint256 choice) external {
        if (book.length == 0) return;
        Order memory order = book[index % book.length].order;
        bytes4[] memory none;
        if (choice % 16 == 0) {
            attempt("cancelAll", order.maker, address(market), abi.encodeCall(market.cancelAll, ()), none);
            ++epochs[order.maker];
        } else if (choice % 4 == 1) {
            attempt("cancel", order.maker, address(market), abi.encodeCall(market.cancel, (order.nonce)), none);
            calledOff[order.maker][order.nonce] = true;
        }
    }

    function setFee(uint16 feeBps) external {
        bytes memory call = abi.encodeCall(market.setFee, (feeBps % 501, address(this)));
        attempt("setFee", address(this), address(market), call, new bytes4[](0));
    }

    /// @dev Two orders in a row share a number, and so what becomes of it; a second more tells them apart.
    function _numbered(uint48 expiry) private returns (uint64 nonce, uint48) {
        (nonce, expiry) = ((signed / 2) * 200, expiry + uint48(signed % 2));
        ++signed;
        return (nonce, expiry);
    }

    /// @dev Mostly one of the latest, which most often can still be filled.
    function _orderAt(uint256 index) private view returns (OrderNotes storage) {
        uint256 age = index % (index % 4 == 0 || book.length < 8 ? book.length : 8);
        return book[book.length - 1 - age];
    }

    /// @dev Makes room for a new order in place of one that can never be filled again.
    function _forgetDead(uint256 from) private returns (bool) {
        for (uint256 i = 0; i < MAX_ORDERS; ++i) {
            Order storage order = book[(from + i) % MAX_ORDERS].order;
            if (!_isDead(order) && assets.termsOfSale(order.id, 0).policyVersion == order.policyVersion) continue;
            book[(from + i) % MAX_ORDERS] = book[MAX_ORDERS - 1];
            book.pop();
            return true;
        }
        return false;
    }

    function _isDead(Order storage order) private view returns (bool) {
        return
            calledOff[order.maker][order.nonce] || epochs[order.maker] != order.epoch || block.timestamp > order.expiry;
    }

    function _noteFill(OrderNotes storage notes, uint64 units) private {
        notes.filled += units;
        if (_isDead(notes.order)) filledWhenDead = true;
        if (notes.filled > notes.order.units) overfilled = true;
    }

    function _noteSale(AssetId id, address seller, address buyer, uint256 units) private {
        noteParties(seller, buyer);
        noteMove(id, seller, buyer, units);
    }

    function _fundFor(Order memory order, address buyer, uint256 units) private returns (DemoCurrency money) {
        money = DemoCurrency(assets.assetOf(order.id).currency);
        fund(money, buyer, units * order.unitPrice);
    }

    /// @dev All the money that traders and the fee receiver have; a fill only moves it among them.
    function _sumOf(DemoCurrency money) private view returns (uint256 sum) {
        sum = money.balanceOf(address(this));
        for (uint256 i = 0; i < PEOPLE; ++i) sum += money.balanceOf(people[i]);
    }

    function _fillRefusals() private pure returns (bytes4[] memory allowed) {
        bytes4[8] memory units = [
            IERC1155Errors.ERC1155InsufficientBalance.selector,
            IERC7943MultiToken.ERC7943CannotSend.selector,
            IERC7943MultiToken.ERC7943CannotReceive.selector,
            IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector,
            IDataAsset.Assets_NotInForce.selector,
            IDataAsset.Assets_Suspended.selector,
            IDataAsset.Assets_UnderNotice.selector,
            IDataAsset.Assets_PolicyRefused.selector
        ];
        bytes4[10] memory orders = [
            IMarketplace.Market_SelfTrade.selector,
            IMarketplace.Market_Expired.selector,
            IMarketplace.Market_EpochOver.selector,
            IMarketplace.Market_Cancelled.selector,
            IMarketplace.Market_NoUnits.selector,
            IMarketplace.Market_NotEnoughLeft.selector,
            IMarketplace.Market_BelowMinimum.selector,
            IMarketplace.Market_PolicyChanged.selector,
            IMarketplace.Market_NotCrossing.selector,
            IMarketplace.Market_WrongSide.selector
        ];
        allowed = new bytes4[](18);
        for (uint256 i = 0; i < 8; ++i) allowed[i] = units[i];
        for (uint256 i = 0; i < 10; ++i) allowed[8 + i] = orders[i];
    }
}
